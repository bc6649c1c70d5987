package io.exitpool.streams.insight;

import io.exitpool.core.alert.Alert;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the insight tells of itself while it runs: counters, and when each partition of this
 * instance last heard of time. Its labels are words of this program: no server is one. It reads the
 * wall clock, because it tells people how the insight keeps up; no window hears of it.
 */
public final class InsightMonitor {
    private final MeterRegistry registry;
    private final InstantSource clock;
    private final Map<Integer, Progress> partitions = new ConcurrentHashMap<>();
    private final Counter lost;
    private final Counter late;
    private final Counter incomplete;

    public InsightMonitor(MeterRegistry registry, InstantSource clock) {
        this.registry = registry;
        this.clock = clock;
        lost =
                counter(
                        "exitpool.lost.decisions",
                        "Decisions that were deleted before they were read");
        late = counter("exitpool.late.windows", "Servers' windows that missed their fleet's");
        incomplete = counter("exitpool.incomplete.windows", "Servers' windows that are incomplete");
        Gauge.builder("exitpool.insight.partitions", partitions, Map::size)
                .description("Partitions with servers whose statistics this instance makes")
                .register(registry);
    }

    /**
     * How a partition of this instance does.
     *
     * @param lastStatusReadAt when it last read a status
     * @param watermark the latest time that a status told
     */
    public record Progress(Instant lastStatusReadAt, Instant watermark) {}

    /** The partitions of this instance that have servers, by number. */
    public Map<Integer, Progress> partitions() {
        return new TreeMap<>(partitions);
    }

    void statusRead(int partition, long watermark) {
        Instant told = Instant.ofEpochMilli(watermark);
        Instant now = clock.instant();
        partitions.merge(
                partition,
                new Progress(now, told),
                (before, next) ->
                        new Progress(
                                now, before.watermark().isAfter(told) ? before.watermark() : told));
    }

    void closed(int partition) {
        partitions.remove(partition);
    }

    /** A server's window is final. */
    void windowClosed(long lengthMillis, boolean isIncomplete, long lostDecisions) {
        Counter.builder("exitpool.windows")
                .description("Servers' windows that closed, by length")
                .tag("seconds", Long.toString(lengthMillis / 1_000))
                .register(registry)
                .increment();
        if (isIncomplete) {
            incomplete.increment();
        }
        lost.increment(lostDecisions);
    }

    void lateWindow() {
        late.increment();
    }

    /** An alert was told: opened, or resolved; one that is told again does not count. */
    void alert(Alert alert) {
        if (alert.open() && alert.revision() > 0) {
            return;
        }
        Counter.builder("exitpool.alerts")
                .description("Alerts told, by kind")
                .tag("kind", alert.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .tag("state", alert.open() ? "open" : "resolved")
                .register(registry)
                .increment();
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }
}
