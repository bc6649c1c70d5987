package io.exitpool.streams.http;

import io.exitpool.streams.allocation.AllocationMonitor.Progress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams.State;

/**
 * Whether the process should live, and whether its answers are timely. An instance is alive unless
 * its client stopped over an error. It is ready when it runs and every partition it has read a Tick
 * a moment ago that was written a moment ago: Ticks are read in line with events, so an instance
 * that works off a backlog is not ready. The second comparison needs clocks in step with the
 * brokers' to a few seconds.
 */
public final class Health {
    static final Duration MAX_SILENCE = Duration.ofSeconds(15);
    static final Duration MAX_BEHIND = Duration.ofSeconds(30);

    private final Supplier<Map<Integer, Progress>> partitions;
    private final InstantSource clock;
    private volatile State state = State.CREATED;

    /**
     * @param partitions how the partitions of this instance do
     */
    public Health(Supplier<Map<Integer, Progress>> partitions, InstantSource clock) {
        this.partitions = partitions;
        this.clock = clock;
    }

    /** The client's state is another now. */
    public void changed(State now) {
        state = now;
    }

    /** For {@code /healthz}. */
    record Liveness(boolean alive, String state) {}

    /**
     * For {@code /readyz}.
     *
     * @param notReady what is missing, in words
     */
    record Readiness(boolean ready, String state, int partitions, List<String> notReady) {}

    Liveness liveness() {
        State now = state;
        return new Liveness(now != State.ERROR && now != State.PENDING_ERROR, now.name());
    }

    Readiness readiness() {
        State now = state;
        Map<Integer, Progress> its = partitions.get();
        List<String> notReady = new ArrayList<>();
        if (now != State.RUNNING) {
            notReady.add("the client is " + now);
        }
        its.forEach(
                (partition, progress) ->
                        missing(progress)
                                .ifPresent(
                                        what ->
                                                notReady.add(
                                                        "partition " + partition + " " + what)));
        return new Readiness(notReady.isEmpty(), now.name(), its.size(), notReady);
    }

    private Optional<String> missing(Progress progress) {
        if (progress.lastTickReadAt().isEmpty()) {
            return Optional.of("has read no Tick yet");
        }
        Instant last = progress.lastTickReadAt().get();
        Duration silence = Duration.between(last, clock.instant());
        if (silence.compareTo(MAX_SILENCE) > 0) {
            return Optional.of("has read no Tick for " + silence.toSeconds() + " s");
        }
        return progress.behind()
                .filter(behind -> behind.compareTo(MAX_BEHIND) > 0)
                .map(behind -> "is " + behind.toSeconds() + " s behind");
    }
}
