package io.exitpool.operator.plan;

import io.exitpool.operator.pools.LogReader;
import io.exitpool.schemas.connection.Connection;
import io.exitpool.schemas.connection.TopicReader.Entry;
import io.exitpool.schemas.topic.Topic;
import io.exitpool.schemas.topic.Topics;
import io.exitpool.schemas.wire.UndecodableException;
import io.exitpool.schemas.wire.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads each server's configuration and newest statistics. Every server has a record a minute, so
 * that the last minutes of a partition have them all; only where they are empty, because the
 * insight stands still, it is looked further back.
 */
final class FleetReading {

    private static final Duration REGISTRY_PATIENCE = Duration.ofSeconds(20);
    private static final Duration FIRST_LOOK_BACK = Duration.ofMinutes(15);
    private static final int STEP = 4;

    /** Above the retention of the minutes; whatever is older is read from its beginning. */
    private static final Duration LAST_LOOK_BACK = Duration.ofDays(3);

    private FleetReading() {}

    /**
     * What the topics hold now.
     *
     * @param now milliseconds since 1970; where to begin to look
     * @throws org.apache.kafka.common.errors.UnknownTopicOrPartitionException if one is missing
     */
    static FleetSizing read(Connection connection, long now) {
        FleetSizing fleet = new FleetSizing();
        try (LogReader log = new LogReader(connection);
                Wire wire = connection.wire(REGISTRY_PATIENCE)) {
            List<TopicPartition> configs = log.partitions(Topics.POOL_CONFIGS.name());
            List<TopicPartition> stats = log.partitions(Topics.POOL_STATS_1M.name());
            Map<String, ConsumerRecord<String, byte[]>> last = new HashMap<>();
            log.read(log.beginning(configs), configs.size(), one -> last.put(one.key(), one));
            decode(last.values(), Topics.POOL_CONFIGS, wire, fleet::config);
            last.clear();
            log.read(starts(log, stats, now), stats.size(), one -> last.put(one.key(), one));
            decode(last.values(), Topics.POOL_STATS_1M, wire, fleet::stats);
        }
        return fleet;
    }

    /** For each partition that has records where the last of them begin. */
    private static Map<TopicPartition, Long> starts(
            LogReader log, List<TopicPartition> partitions, long now) {
        Map<TopicPartition, Long> starts = new HashMap<>();
        List<TopicPartition> open = new ArrayList<>(partitions);
        Duration back = FIRST_LOOK_BACK;
        while (!open.isEmpty() && back.compareTo(LAST_LOOK_BACK) < 0) {
            Map<TopicPartition, Long> found = log.from(open, now - back.toMillis());
            Map<TopicPartition, Long> ends = log.from(open, Long.MAX_VALUE);
            found.forEach(
                    (partition, offset) -> {
                        if (offset < ends.get(partition)) {
                            starts.put(partition, offset);
                            open.remove(partition);
                        }
                    });
            back = back.multipliedBy(STEP);
        }
        starts.putAll(log.beginning(open));
        return starts;
    }

    private static <T extends SpecificRecord> void decode(
            Collection<ConsumerRecord<String, byte[]>> records,
            Topic<T> topic,
            Wire wire,
            Consumer<Entry<T>> each) {
        Deserializer<T> deserializer = wire.serde(topic).deserializer();
        records.forEach(record -> each.accept(entry(record, deserializer)));
    }

    private static <T extends SpecificRecord> Entry<T> entry(
            ConsumerRecord<String, byte[]> record, Deserializer<T> deserializer) {
        T value = null;
        Optional<UndecodableException> undecodable = Optional.empty();
        try {
            value = deserializer.deserialize(record.topic(), record.value());
        } catch (UndecodableException e) {
            undecodable = Optional.of(e);
        }
        return new Entry<>(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                record.key(),
                value,
                undecodable);
    }
}
