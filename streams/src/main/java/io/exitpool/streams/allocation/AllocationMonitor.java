package io.exitpool.streams.allocation;

import io.exitpool.core.decision.Choice;
import io.exitpool.core.decision.Granted;
import io.exitpool.core.decision.Outcome;
import io.exitpool.core.decision.RejectCause;
import io.exitpool.core.decision.ReleaseCause;
import io.exitpool.core.decision.Rung;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;

/**
 * What the allocation tells of itself while it runs: counters, and how each partition of this
 * instance does. Its labels are words of this program: no server, session or address is one. It
 * reads the wall clock, because it tells people how the allocation keeps up; no pool hears of it.
 */
public final class AllocationMonitor {
    private final MeterRegistry registry;
    private final InstantSource clock;
    private final Map<Integer, Partition> partitions = new ConcurrentHashMap<>();
    private final Map<Rung, Counter> grants = new EnumMap<>(Rung.class);
    private final Map<RejectCause, Counter> rejections = new EnumMap<>(RejectCause.class);
    private final Map<ReleaseCause, Counter> releases = new EnumMap<>(ReleaseCause.class);
    private final Counter adoptions;
    private final Counter repetitions;

    public AllocationMonitor(MeterRegistry registry, InstantSource clock) {
        this.registry = registry;
        this.clock = clock;
        for (Rung rung : Rung.values()) {
            grants.put(rung, decisions("granted", label(rung)));
        }
        for (RejectCause cause : RejectCause.values()) {
            rejections.put(cause, decisions("rejected", label(cause)));
        }
        for (ReleaseCause cause : ReleaseCause.values()) {
            releases.put(cause, decisions("released", label(cause)));
        }
        adoptions = decisions("granted", "adopted");
        repetitions = decisions("granted", "repeated");
        gauge("exitpool.partitions", "Partitions that this instance allocates", p -> 1);
        gauge("exitpool.pools", "Pools of this instance's partitions", p -> p.pools);
        gauge(
                "exitpool.pools.failed",
                "Pools of this instance whose books do not add up: they grant nothing",
                p -> p.failed);
        gauge("exitpool.sessions", "Leases of this instance's pools", p -> p.sessions);
    }

    /** How a partition of this instance does. */
    public record Progress(Optional<Instant> lastTickReadAt, Optional<Duration> behind) {}

    /** The partitions of this instance, by number. */
    public Map<Integer, Progress> partitions() {
        Map<Integer, Progress> all = new TreeMap<>();
        partitions.forEach((number, partition) -> all.put(number, partition.progress()));
        return all;
    }

    Partition opened(int partition) {
        Partition opened = new Partition(partition);
        partitions.put(partition, opened);
        return opened;
    }

    /** Milliseconds from a record's append until now; below 0 when the clocks are out of step. */
    long lagMillis(long appendTime) {
        return clock.millis() - appendTime;
    }

    void decided(Outcome outcome) {
        outcome.match(
                        this::granted,
                        rejected -> rejections.get(rejected.cause()),
                        released -> releases.get(released.cause()))
                .increment();
    }

    private Counter granted(Granted granted) {
        if (granted.repeated()) {
            return repetitions;
        }
        return granted.choice() == Choice.ADOPTED ? adoptions : grants.get(granted.rung());
    }

    private static String label(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private Counter decisions(String outcome, String cause) {
        return Counter.builder("exitpool.decisions")
                .description("Decisions by outcome; cause is a rung, adopted, repeated or a cause")
                .tag("outcome", outcome)
                .tag("cause", cause)
                .register(registry);
    }

    private void gauge(String name, String description, ToIntFunction<Partition> of) {
        Gauge.builder(name, partitions, all -> all.values().stream().mapToInt(of).sum())
                .description(description)
                .register(registry);
    }

    /** One partition while a task of this instance has it. */
    final class Partition {
        private final int number;
        private volatile Instant lastTickReadAt;
        private volatile Duration behind;
        private volatile int pools;
        private volatile int sessions;
        private volatile int failed;

        private Partition(int number) {
            this.number = number;
        }

        /** A Tick was read; it says how far behind the log the task is. */
        void ticked(long appendTime, int servers, int leases, int failedPools) {
            Instant now = clock.instant();
            pools = servers;
            sessions = leases;
            failed = failedPools;
            behind = Duration.between(Instant.ofEpochMilli(appendTime), now);
            lastTickReadAt = now;
        }

        void closed() {
            partitions.remove(number, this);
        }

        private Progress progress() {
            return new Progress(Optional.ofNullable(lastTickReadAt), Optional.ofNullable(behind));
        }
    }
}
