package io.exitpool.streams.http;

import io.exitpool.streams.allocation.AllocationMonitor;
import io.exitpool.streams.config.Part;
import io.exitpool.streams.insight.InsightMonitor;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams.State;

/**
 * Whether the process should live, and whether its answers are timely. An instance is alive unless
 * one of its clients stopped over an error. It is ready when they run and every partition that it
 * allocates has read a Tick a moment ago that was written a moment ago: Ticks are read in line with
 * events, so an instance that works off a backlog is not ready. The second comparison needs clocks
 * in step with the brokers' to a few seconds.
 *
 * <p>Statistics that stand still make no instance unready, because no session waits for them: a
 * note says so. Windows close on what the allocation tells of time, so they stand still with it.
 */
public final class Health {
    static final Duration MAX_SILENCE = Duration.ofSeconds(15);
    static final Duration MAX_BEHIND = Duration.ofSeconds(30);

    private final Supplier<Map<Integer, AllocationMonitor.Progress>> allocated;
    private final Supplier<Map<Integer, InsightMonitor.Progress>> counted;
    private final InstantSource clock;
    private final Map<Part, State> states = new ConcurrentHashMap<>();

    /**
     * @param parts what the instance runs
     * @param allocated how the partitions do that this instance allocates
     * @param counted how those do whose statistics it makes
     */
    public Health(
            Set<Part> parts,
            Supplier<Map<Integer, AllocationMonitor.Progress>> allocated,
            Supplier<Map<Integer, InsightMonitor.Progress>> counted,
            InstantSource clock) {
        this.allocated = allocated;
        this.counted = counted;
        this.clock = clock;
        parts.forEach(part -> states.put(part, State.CREATED));
    }

    /** A part's state is another now. */
    public void changed(Part part, State now) {
        states.put(part, now);
    }

    /** For {@code /healthz}. */
    record Liveness(boolean alive, Map<String, String> states) {}

    /**
     * For {@code /readyz}.
     *
     * @param partitions that the instance allocates
     * @param notReady what is missing, in words
     * @param notes what else is not as it should be
     */
    record Readiness(
            boolean ready,
            Map<String, String> states,
            int partitions,
            List<String> notReady,
            List<String> notes) {}

    Liveness liveness() {
        boolean alive =
                states.values().stream()
                        .noneMatch(state -> state == State.ERROR || state == State.PENDING_ERROR);
        return new Liveness(alive, inWords());
    }

    /** What the instance runs. */
    Set<Part> parts() {
        return Set.copyOf(states.keySet());
    }

    /** Whether a part has restored its partitions and is at work. */
    boolean isRunning(Part part) {
        return states.get(part) == State.RUNNING;
    }

    /** How old what the slowest allocated partition read last is; zero before any read a Tick. */
    Duration behind() {
        return allocated.get().values().stream()
                .filter(progress -> progress.lastTickReadAt().isPresent())
                .map(
                        progress ->
                                since(progress.lastTickReadAt().get())
                                        .plus(progress.behind().orElse(Duration.ZERO)))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /** The same of the statistics, by the time that statuses told. */
    Duration insightBehind() {
        return counted.get().values().stream()
                .map(progress -> since(progress.watermark()))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    Readiness readiness() {
        Map<Integer, AllocationMonitor.Progress> its = allocated.get();
        List<String> notReady = new ArrayList<>();
        new TreeMap<>(states)
                .forEach(
                        (part, state) -> {
                            if (state != State.RUNNING) {
                                notReady.add("the " + part.label() + " is " + state);
                            }
                        });
        its.forEach(
                (partition, progress) ->
                        missing(progress)
                                .ifPresent(
                                        what ->
                                                notReady.add(
                                                        "partition " + partition + " " + what)));
        return new Readiness(notReady.isEmpty(), inWords(), its.size(), notReady, notes());
    }

    private Optional<String> missing(AllocationMonitor.Progress progress) {
        if (progress.lastTickReadAt().isEmpty()) {
            return Optional.of("has read no Tick yet");
        }
        Duration silence = since(progress.lastTickReadAt().get());
        if (silence.compareTo(MAX_SILENCE) > 0) {
            return Optional.of("has read no Tick for " + silence.toSeconds() + " s");
        }
        return progress.behind()
                .filter(behind -> behind.compareTo(MAX_BEHIND) > 0)
                .map(behind -> "is " + behind.toSeconds() + " s behind");
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        counted.get()
                .forEach(
                        (partition, progress) -> {
                            Duration silence = since(progress.lastStatusReadAt());
                            if (silence.compareTo(MAX_SILENCE) > 0) {
                                notes.add(
                                        "no window of partition %d closes: no pool status for %d s,"
                                                        .formatted(partition, silence.toSeconds())
                                                + " the allocation does not run there");
                            }
                        });
        return notes;
    }

    private Duration since(Instant then) {
        return Duration.between(then, clock.instant());
    }

    private Map<String, String> inWords() {
        Map<String, String> words = new TreeMap<>();
        states.forEach((part, state) -> words.put(part.label(), state.name()));
        return words;
    }
}
