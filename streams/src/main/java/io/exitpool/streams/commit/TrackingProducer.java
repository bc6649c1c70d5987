package io.exitpool.streams.commit;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A thread's producer, which notes how far it wrote each changelog, and at a commit that this is
 * committed now. Used by that thread alone; only offsets come in from the sender's.
 */
final class TrackingProducer extends KafkaProducer<byte[], byte[]> {
    private static final String CHANGELOG = "-changelog";
    private static final long NONE = -1;

    private final Supplier<Committed> committed;
    private final Map<String, Map<Integer, AtomicLong>> written = new HashMap<>();

    /**
     * @param committed of the calling thread
     */
    TrackingProducer(Map<String, Object> settings, Supplier<Committed> committed) {
        super(settings, new ByteArraySerializer(), new ByteArraySerializer());
        this.committed = committed;
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
        if (record.partition() == null || !record.topic().endsWith(CHANGELOG)) {
            return super.send(record, callback);
        }
        AtomicLong last =
                written.computeIfAbsent(record.topic(), topic -> new HashMap<>())
                        .computeIfAbsent(record.partition(), partition -> new AtomicLong(NONE));
        return super.send(
                record,
                (metadata, failure) -> {
                    if (failure == null) {
                        last.set(metadata.offset());
                    }
                    callback.onCompletion(metadata, failure);
                });
    }

    /** All that was sent was answered before this returns. */
    @Override
    public void commitTransaction() {
        super.commitTransaction();
        Map<TopicPartition, Long> reached = new HashMap<>();
        written.forEach(
                (topic, partitions) ->
                        partitions.forEach(
                                (partition, offset) ->
                                        reached.put(
                                                new TopicPartition(topic, partition),
                                                offset.get())));
        reached.values().removeIf(offset -> offset == NONE);
        committed.get().commit(reached);
    }
}
