package io.exitpool.operator.pools;

import io.exitpool.schemas.connection.Connection;
import io.exitpool.schemas.topic.ServerPartition;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a topic's committed records as bytes, with their headers, from a place of the caller's
 * choice to the end: of many records with one key only the last is worth decoding. Records that the
 * allocator does not take either, without a key or on another partition than their key's, are left
 * out.
 */
public final class LogReader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LogReader.class);

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String API_TIMEOUT_MILLIS = "15000";

    /** A consumer that closes waits for the fetch under way: not half a second, the default. */
    private static final String FETCH_WAIT_MILLIS = "100";

    private final String brokers;
    private final KafkaConsumer<String, byte[]> consumer;

    public LogReader(Connection connection) {
        this.brokers = connection.bootstrapServers();
        Map<String, Object> config = connection.consumer();
        config.putIfAbsent(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, API_TIMEOUT_MILLIS);
        config.putIfAbsent(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MILLIS);
        // Compaction may remove the record at an offset that was asked for.
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        this.consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * The topic's partitions.
     *
     * @throws UnknownTopicOrPartitionException if the topic does not exist
     */
    public List<TopicPartition> partitions(String topic) {
        List<PartitionInfo> found = consumer.partitionsFor(topic);
        if (found == null || found.isEmpty()) {
            throw new UnknownTopicOrPartitionException(
                    "There is no topic "
                            + topic
                            + " on "
                            + brokers
                            + ": create the topics with ./exitpool topics create");
        }
        return found.stream().map(p -> new TopicPartition(p.topic(), p.partition())).toList();
    }

    /** Offsets of the first records from this time on; the end where there are none. */
    public Map<TopicPartition, Long> from(Collection<TopicPartition> partitions, long timestamp) {
        Map<TopicPartition, OffsetAndTimestamp> found =
                consumer.offsetsForTimes(
                        partitions.stream().collect(Collectors.toMap(p -> p, p -> timestamp)));
        Map<TopicPartition, Long> starts = new HashMap<>(consumer.endOffsets(partitions));
        found.forEach(
                (partition, first) -> {
                    if (first != null) {
                        starts.put(partition, first.offset());
                    }
                });
        return starts;
    }

    public Map<TopicPartition, Long> beginning(Collection<TopicPartition> partitions) {
        return consumer.beginningOffsets(partitions);
    }

    /**
     * Reads up to the end as it is at the time of the call, each partition in its order.
     *
     * @param partitionCount of the topic, to tell records that are on another than their key's
     */
    public void read(
            Map<TopicPartition, Long> starts,
            int partitionCount,
            Consumer<ConsumerRecord<String, byte[]>> each) {
        consumer.assign(starts.keySet());
        starts.forEach(consumer::seek);
        Map<TopicPartition, Long> ends = consumer.endOffsets(starts.keySet());
        long lastRecord = System.nanoTime();
        while (!ends.entrySet().stream()
                .allMatch(e -> consumer.position(e.getKey()) >= e.getValue())) {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                lastRecord = System.nanoTime();
                if (belongs(record, partitionCount)) {
                    each.accept(record);
                }
            }
            if (System.nanoTime() - lastRecord > PATIENCE.toNanos()) {
                throw new TimeoutException(
                        "no record came for " + PATIENCE.toSeconds() + " s while reading a topic");
            }
        }
    }

    /**
     * Waits until committed readers see the records at these offsets: a commit is acknowledged a
     * moment before its partitions know of it.
     */
    void awaitReadable(Map<TopicPartition, Long> offsets) {
        long begin = System.nanoTime();
        while (!consumer.endOffsets(offsets.keySet()).entrySet().stream()
                .allMatch(end -> end.getValue() > offsets.get(end.getKey()))) {
            if (System.nanoTime() - begin > PATIENCE.toNanos()) {
                throw new TimeoutException(
                        "what was committed could not be read for " + PATIENCE.toSeconds() + " s");
            }
        }
    }

    @Override
    public void close() {
        consumer.close();
    }

    private static boolean belongs(ConsumerRecord<String, byte[]> record, int partitionCount) {
        boolean belongs =
                record.key() != null
                        && ServerPartition.of(record.key(), partitionCount) == record.partition();
        if (!belongs) {
            LOG.warn(
                    "Left out a record of {} whose key is not of its partition: partition {},"
                            + " offset {}",
                    record.topic(),
                    record.partition(),
                    record.offset());
        }
        return belongs;
    }
}
