package io.exitpool.streams.config;

import java.util.Arrays;
import java.util.Optional;

/**
 * A part of the program: a Kafka Streams application of its own, so that nobody's statistics can
 * slow a connection down. Both run in one process unless one is asked for.
 */
public enum Part {
    /** Decides: sessions in, decisions and pool status out. */
    ALLOCATION("allocation"),
    /** Counts and warns: decisions and pool status in, statistics and alerts out. */
    INSIGHT("insight");

    private final String label;

    Part(String label) {
        this.label = label;
    }

    /** As settings and people call it. */
    public String label() {
        return label;
    }

    /** Names the group, the changelogs and the transactions: another one begins anew. */
    public String applicationId() {
        return "exitpool-" + label;
    }

    static Optional<Part> of(String label) {
        return Arrays.stream(values()).filter(part -> part.label.equals(label)).findFirst();
    }
}
