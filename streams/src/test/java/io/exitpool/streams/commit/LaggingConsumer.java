package io.exitpool.streams.commit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;

/** A consumer whose lags are what the test says, and 0 where it says nothing. */
final class LaggingConsumer extends MockConsumer<byte[], byte[]> {
    private final Map<TopicPartition, OptionalLong> lags = new HashMap<>();

    LaggingConsumer() {
        super("earliest");
    }

    void lag(TopicPartition partition, long lag) {
        lags.put(partition, OptionalLong.of(lag));
    }

    void lagIsUnknown(TopicPartition partition) {
        lags.put(partition, OptionalLong.empty());
    }

    void holds(TopicPartition partition, long... offsets) {
        for (long offset : offsets) {
            holds(partition, offset, new byte[0]);
        }
    }

    void holdsTick(TopicPartition partition, long offset) {
        holds(partition, offset, null);
    }

    private void holds(TopicPartition partition, long offset, byte[] key) {
        addRecord(
                new ConsumerRecord<>(
                        partition.topic(), partition.partition(), offset, key, new byte[0]));
    }

    /** What was handed out, as {@code topic-partition@offset}. */
    static List<String> offsets(ConsumerRecords<byte[], byte[]> records) {
        return StreamSupport.stream(records.spliterator(), false)
                .map(one -> "%s-%d@%d".formatted(one.topic(), one.partition(), one.offset()))
                .toList();
    }

    @Override
    public synchronized OptionalLong currentLag(TopicPartition partition) {
        return lags.getOrDefault(partition, OptionalLong.of(0));
    }
}
