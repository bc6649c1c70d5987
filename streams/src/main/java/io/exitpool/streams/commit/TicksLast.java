package io.exitpool.streams.commit;

import io.exitpool.streams.commit.HandOut.Rule;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * A Tick, which is a record without a key, concerns all that a task has: it waits until that was
 * read. Read at once, within a transaction and for every task of a thread, a million rows would
 * outlast the transaction.
 *
 * @param topic that has the Ticks
 * @param gathering the calling thread's
 */
record TicksLast(String topic, Supplier<Gathering> gathering) implements Rule {

    @Override
    public int ready(
            Consumer<byte[], byte[]> consumer,
            TopicPartition partition,
            List<ConsumerRecord<byte[], byte[]>> records) {
        int number = partition.partition();
        if (!partition.topic().equals(topic) || !gathering.get().isReading(number)) {
            return records.size();
        }
        int ready = 0;
        while (ready < records.size() && records.get(ready).key() != null) {
            ready++;
        }
        if (ready < records.size()) {
            gathering.get().readFirst(number);
        }
        return ready;
    }
}
