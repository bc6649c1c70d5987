package io.exitpool.streams.commit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Hands out what may be of what a consumer polled. From the first record on that has to wait, the
 * consumer will read a partition again.
 *
 * @param rules all must agree
 */
record HandOut(List<Rule> rules) {

    /** What has to wait, and for what. */
    interface Rule {
        /** How many of a partition's records may be handed out, from the first on. */
        int ready(
                Consumer<byte[], byte[]> consumer,
                TopicPartition partition,
                List<ConsumerRecord<byte[], byte[]>> records);
    }

    /** The very same records where none has to wait. */
    ConsumerRecords<byte[], byte[]> of(
            Consumer<byte[], byte[]> consumer, ConsumerRecords<byte[], byte[]> polled) {
        Map<TopicPartition, Integer> cuts = new HashMap<>();
        for (TopicPartition partition : polled.partitions()) {
            List<ConsumerRecord<byte[], byte[]>> records = polled.records(partition);
            int ready = records.size();
            for (Rule rule : rules) {
                ready = Math.min(ready, rule.ready(consumer, partition, records));
            }
            if (ready < records.size()) {
                cuts.put(partition, ready);
            }
        }
        return cuts.isEmpty() ? polled : cut(cuts, consumer, polled);
    }

    private static ConsumerRecords<byte[], byte[]> cut(
            Map<TopicPartition, Integer> cuts,
            Consumer<byte[], byte[]> consumer,
            ConsumerRecords<byte[], byte[]> polled) {
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> kept = new HashMap<>();
        Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>(polled.nextOffsets());
        for (TopicPartition partition : polled.partitions()) {
            List<ConsumerRecord<byte[], byte[]>> records = polled.records(partition);
            Integer ready = cuts.get(partition);
            if (ready == null) {
                kept.put(partition, records);
                continue;
            }
            ConsumerRecord<byte[], byte[]> waiting = records.get(ready);
            consumer.seek(partition, waiting.offset());
            if (ready == 0) {
                next.remove(partition);
            } else {
                kept.put(partition, records.subList(0, ready));
                next.put(
                        partition,
                        new OffsetAndMetadata(waiting.offset(), waiting.leaderEpoch(), ""));
            }
        }
        return new ConsumerRecords<>(kept, next);
    }
}
