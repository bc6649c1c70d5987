package io.exitpool.agent;

import io.exitpool.schemas.Decision;
import io.exitpool.schemas.PoolConfig;
import io.exitpool.schemas.PoolStatus;
import io.exitpool.schemas.connection.Connection;
import io.exitpool.schemas.topic.Topics;
import io.exitpool.schemas.wire.UndecodableException;
import io.exitpool.schemas.wire.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what others wrote about one server: its partition of each topic, committed records only,
 * filtered by key, without a consumer group.
 */
final class ServerReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServerReader.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /**
     * A status is written far more often than this, so the last one is nearly always among them.
     */
    private static final long RECENT_MILLIS = 120_000;

    private final String server;
    private final TopicPartition decisions;
    private final TopicPartition configs;
    private final TopicPartition status;
    private final Deserializer<Decision> decisionReader;
    private final Deserializer<PoolConfig> configReader;
    private final Deserializer<PoolStatus> statusReader;
    private final KafkaConsumer<String, byte[]> consumer;

    ServerReader(Connection connection, ServerTopics topics, String server, Wire wire) {
        this.server = server;
        this.decisions = topics.of(Topics.DECISIONS);
        this.configs = topics.of(Topics.POOL_CONFIGS);
        this.status = topics.of(Topics.POOL_STATUS);
        this.decisionReader = wire.serde(Topics.DECISIONS).deserializer();
        this.configReader = wire.serde(Topics.POOL_CONFIGS).deserializer();
        this.statusReader = wire.serde(Topics.POOL_STATUS).deserializer();
        this.consumer =
                new KafkaConsumer<>(
                        connection.consumer(),
                        new StringDeserializer(),
                        new ByteArrayDeserializer());
    }

    /** The epoch that the allocator knows of this server. */
    OptionalLong statusEpoch(long wallMillis) {
        consumer.assign(List.of(status));
        OffsetAndTimestamp recent =
                consumer.offsetsForTimes(Map.of(status, wallMillis - RECENT_MILLIS)).get(status);
        if (recent != null) {
            consumer.seek(status, recent.offset());
            List<PoolStatus> found = readToEnd(status, statusReader);
            if (!found.isEmpty()) {
                return epoch(found);
            }
        }
        consumer.seekToBeginning(List.of(status));
        return epoch(readToEnd(status, statusReader));
    }

    private static OptionalLong epoch(List<PoolStatus> found) {
        Long epoch = found.isEmpty() ? null : found.get(found.size() - 1).getEpoch();
        return epoch == null ? OptionalLong.empty() : OptionalLong.of(epoch);
    }

    /** Goes to the end of the decisions: what is decided from now on will be polled. */
    void followDecisions() {
        consumer.assign(List.of(decisions));
        seekToEnd();
    }

    /** The same, with the server's configurations from the first one on. */
    void followDecisionsAndConfigs(Consumer<PoolConfig> each) {
        consumer.assign(List.of(configs));
        consumer.seekToBeginning(List.of(configs));
        readToEnd(configs, configReader).forEach(each);
        long position = consumer.position(configs);
        consumer.assign(List.of(decisions, configs));
        consumer.seek(configs, position);
        seekToEnd();
    }

    /** What has come meanwhile; whether the place in the topic was lost, and decisions with it. */
    boolean poll(Duration atMost, Consumer<Decision> decided, Consumer<PoolConfig> configured) {
        try {
            for (ConsumerRecord<String, byte[]> read : consumer.poll(atMost)) {
                if (read.topic().equals(decisions.topic())) {
                    decode(read, decisionReader).ifPresent(decided);
                } else {
                    decode(read, configReader).ifPresent(configured);
                }
            }
            return false;
        } catch (WakeupException e) {
            return false;
        } catch (OffsetOutOfRangeException e) {
            LOG.warn(
                    "{}: decisions were deleted before this agent read them; it goes on with the"
                            + " newest and sends a snapshot",
                    server);
            if (consumer.assignment().contains(configs)) {
                consumer.seekToBeginning(List.of(configs));
            }
            seekToEnd();
            return true;
        }
    }

    /** Ends a poll under way, from any thread. */
    void wakeup() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close();
    }

    private void seekToEnd() {
        consumer.seekToEnd(List.of(decisions));
        // Only asking for the position makes it one: the agent speaks after this.
        consumer.position(decisions);
    }

    /** This server's records from the position on to the end as of now. */
    private <T extends SpecificRecord> List<T> readToEnd(
            TopicPartition partition, Deserializer<T> reader) {
        long end = consumer.endOffsets(List.of(partition)).get(partition);
        List<T> values = new ArrayList<>();
        long lastRecord = System.nanoTime();
        while (consumer.position(partition) < end) {
            for (ConsumerRecord<String, byte[]> read : consumer.poll(POLL)) {
                lastRecord = System.nanoTime();
                decode(read, reader).ifPresent(values::add);
            }
            if (System.nanoTime() - lastRecord > PATIENCE.toNanos()) {
                throw new TimeoutException("Kafka stopped answering for " + partition.topic());
            }
        }
        return values;
    }

    private <T extends SpecificRecord> Optional<T> decode(
            ConsumerRecord<String, byte[]> read, Deserializer<T> reader) {
        if (!server.equals(read.key())) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(reader.deserialize(read.topic(), read.value()));
        } catch (UndecodableException e) {
            LOG.warn(
                    "{}: cannot read {}-{}@{} ({}), skipped",
                    server,
                    read.topic(),
                    read.partition(),
                    read.offset(),
                    e.reason());
            return Optional.empty();
        }
    }
}
