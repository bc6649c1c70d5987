package io.exitpool.connect.alerts;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * How far each partition was read, and how far all of it was delivered. A worker hands the same
 * records in again after a fault; what was read before is not read twice.
 */
final class ReadOffsets {
    private final Map<TopicPartition, OffsetAndMetadata> read = new HashMap<>();
    private final Map<TopicPartition, OffsetAndMetadata> delivered = new HashMap<>();

    /** Whether the record was not seen before; it is from now on. */
    boolean next(SinkRecord record) {
        OffsetAndMetadata before = read.get(partition(record));
        if (before != null && record.originalKafkaOffset() < before.offset()) {
            return false;
        }
        read.put(partition(record), after(record));
        return true;
    }

    /** All that was read was delivered. */
    void delivered() {
        delivered.putAll(read);
    }

    /** All up to this record was delivered. */
    void delivered(SinkRecord record) {
        delivered.put(partition(record), after(record));
    }

    /**
     * What may be committed.
     *
     * @param current as the worker knows them: they also count records that no task saw, because
     *     they could not be converted; these are done with once all before them is delivered
     */
    Map<TopicPartition, OffsetAndMetadata> committable(
            Map<TopicPartition, OffsetAndMetadata> current) {
        Map<TopicPartition, OffsetAndMetadata> committable = new HashMap<>(delivered);
        current.forEach(
                (partition, offset) -> {
                    if (Objects.equals(read.get(partition), delivered.get(partition))) {
                        committable.put(partition, offset);
                    }
                });
        return committable;
    }

    void forget(Collection<TopicPartition> partitions) {
        read.keySet().removeAll(partitions);
        delivered.keySet().removeAll(partitions);
    }

    static TopicPartition partition(SinkRecord record) {
        return new TopicPartition(record.originalTopic(), record.originalKafkaPartition());
    }

    private static OffsetAndMetadata after(SinkRecord record) {
        return new OffsetAndMetadata(record.originalKafkaOffset() + 1);
    }
}
