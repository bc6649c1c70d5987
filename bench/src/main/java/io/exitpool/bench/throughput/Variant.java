package io.exitpool.bench.throughput;

import io.exitpool.bench.floor.Floor;
import io.exitpool.streams.config.Part;
import java.util.Optional;

/** What takes turns reading the same events. */
enum Variant {
    PASSTHROUGH("floor A", Optional.of(Floor.PASSTHROUGH), ""),
    ROWS("floor B", Optional.of(Floor.ROWS_IN_STREAMS_STORE), ""),
    ROWS_OWN_STORE("floor B, own store", Optional.of(Floor.ROWS_IN_OWN_STORE), ""),
    ALLOCATION("allocation", Optional.empty(), Part.ALLOCATION.label()),
    WITH_INSIGHT("with insight", Optional.empty(), "");

    private final String label;
    private final Optional<Floor> floor;
    private final String only;

    Variant(String label, Optional<Floor> floor, String only) {
        this.label = label;
        this.floor = floor;
        this.only = only;
    }

    String label() {
        return label;
    }

    /** Which floor it is, if it is none of ours. */
    Optional<Floor> floor() {
        return floor;
    }

    /** The setting {@code only} of ours. */
    String only() {
        return only;
    }
}
