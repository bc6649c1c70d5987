package io.exitpool.connect.dns;

import io.exitpool.connect.dns.decision.SlotKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Releases of slots whose addresses nobody told yet: after a start the pool's configuration may
 * come later than they. Each waits a minute; at most one for each slot.
 */
final class UnknownSlots {

    private static final long PATIENCE_NANOS = Duration.ofMinutes(1).toNanos();

    /** A release that waits. */
    record Release(SlotKey slot, SinkRecord source, long since) {}

    private final Map<SlotKey, Release> waiting = new LinkedHashMap<>();

    void add(SlotKey slot, SinkRecord source, long now) {
        waiting.remove(slot);
        waiting.put(slot, new Release(slot, source, now));
    }

    /** A later grant tells the addresses, and that they are not idle. */
    void remove(SlotKey slot) {
        waiting.remove(slot);
    }

    /** Takes out what waits for a server's configuration. */
    List<Release> takeOf(String server) {
        List<Release> taken = new ArrayList<>();
        for (Iterator<Release> it = waiting.values().iterator(); it.hasNext(); ) {
            Release release = it.next();
            if (release.slot().server().equals(server)) {
                taken.add(release);
                it.remove();
            }
        }
        return taken;
    }

    /** Takes out what has waited in vain. */
    List<Release> takeOverdue(long now) {
        List<Release> overdue = new ArrayList<>();
        for (Iterator<Release> it = waiting.values().iterator(); it.hasNext(); ) {
            Release release = it.next();
            if (now - release.since() < PATIENCE_NANOS) {
                break;
            }
            overdue.add(release);
            it.remove();
        }
        return overdue;
    }

    void forget(Collection<TopicPartition> partitions) {
        waiting.values()
                .removeIf(release -> partitions.contains(ReadOffsets.partition(release.source())));
    }

    void forEachSource(Consumer<SinkRecord> consumer) {
        waiting.values().forEach(release -> consumer.accept(release.source()));
    }
}
