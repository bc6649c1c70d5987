package io.exitpool.connect.dns;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/** How far each partition was read, and how far it is done: where a restart would begin. */
final class ReadOffsets {

    /** Shows each record that is read and not done. */
    @FunctionalInterface
    interface Undone {
        void forEach(Consumer<SinkRecord> consumer);
    }

    private final Map<TopicPartition, Long> next = new HashMap<>();

    static TopicPartition partition(SinkRecord record) {
        return new TopicPartition(record.originalTopic(), record.originalKafkaPartition());
    }

    void read(SinkRecord record) {
        next.put(partition(record), record.originalKafkaOffset() + 1);
    }

    void forget(Collection<TopicPartition> partitions) {
        next.keySet().removeAll(partitions);
    }

    /** For each partition the offset before which everything is done. */
    Map<TopicPartition, OffsetAndMetadata> done(Undone undone) {
        Map<TopicPartition, Long> done = new HashMap<>(next);
        undone.forEach(
                record -> done.merge(partition(record), record.originalKafkaOffset(), Math::min));
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        done.forEach((partition, offset) -> offsets.put(partition, new OffsetAndMetadata(offset)));
        return offsets;
    }
}
