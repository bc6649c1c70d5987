package io.exitpool.connect.alerts;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * How alerts stand: the latest record of each that is open or was resolved lately, and whether it
 * was sent since it changed. Bounded by servers times kinds. One thread writes; {@link #open} may
 * be asked by any.
 */
final class AlertBoard {

    /** An alert, the record that told it, and whether that was sent. */
    record Standing(PoolAlert alert, SinkRecord record, boolean sent) {}

    private final ConcurrentNavigableMap<String, Standing> byKey = new ConcurrentSkipListMap<>();

    /** The alert stands like this now. */
    void put(PoolAlert alert, SinkRecord record) {
        byKey.put(alert.key(), new Standing(alert, record, false));
    }

    /** The alert's key was deleted from the topic: if it was open, it is over. */
    void deleted(String key, SinkRecord tombstone, Instant at) {
        Standing before = byKey.get(key);
        if (before != null && before.alert().open()) {
            put(before.alert().resolved(at), tombstone);
        }
    }

    List<Standing> all() {
        return List.copyOf(byKey.values());
    }

    /** Those that changed since they were sent. */
    List<Standing> unsent() {
        return byKey.values().stream().filter(standing -> !standing.sent()).toList();
    }

    void sent(Collection<Standing> standings) {
        standings.forEach(
                one ->
                        byKey.replace(
                                one.alert().key(),
                                one,
                                new Standing(one.alert(), one.record(), true)));
    }

    /** Nobody takes it: it is not tried again. */
    void remove(Standing standing) {
        byKey.remove(standing.alert().key(), standing);
    }

    /** Forgets those that ended before, also unsent ones: there is nobody left to tell. */
    void forgetEndedBefore(Instant time) {
        byKey.values().removeIf(endedBefore(time));
    }

    /** Forgets those that ended before, if it was told. */
    void forgetToldBefore(Instant time) {
        byKey.values().removeIf(endedBefore(time).and(Standing::sent));
    }

    /** Another task has these partitions now. */
    void forget(Collection<TopicPartition> partitions) {
        byKey.values().removeIf(one -> partitions.contains(ReadOffsets.partition(one.record())));
    }

    long open() {
        return byKey.values().stream().filter(one -> one.alert().open()).count();
    }

    private static Predicate<Standing> endedBefore(Instant time) {
        return one -> one.alert().resolvedAt().filter(end -> end.isBefore(time)).isPresent();
    }
}
