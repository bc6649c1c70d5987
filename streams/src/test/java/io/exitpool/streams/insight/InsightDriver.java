package io.exitpool.streams.insight;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.exitpool.core.alert.AlertSettings;
import io.exitpool.core.alert.DeskSettings;
import io.exitpool.core.stats.StatsSettings;
import io.exitpool.schemas.Alert;
import io.exitpool.schemas.Decision;
import io.exitpool.schemas.PoolStats;
import io.exitpool.schemas.PoolStatus;
import io.exitpool.schemas.topic.Topic;
import io.exitpool.schemas.topic.Topics;
import io.exitpool.schemas.wire.Wire;
import io.exitpool.streams.allocation.AllocationDriver;
import io.exitpool.streams.config.AppConfig;
import io.exitpool.streams.config.AppConfig.Guarantee;
import io.exitpool.streams.config.Part;
import io.exitpool.streams.config.Setting;
import io.exitpool.streams.config.StreamsSettings;
import io.exitpool.streams.input.DeadLetters;
import io.exitpool.streams.store.RocksDbMemory;
import io.exitpool.streams.store.RowStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/**
 * The real insight, both stages, on Kafka's test driver, which hears what an allocation wrote.
 * Records land on partition 0, whatever their key.
 */
final class InsightDriver implements AutoCloseable {
    /** What the second stage reads. */
    static final String SIGNALS =
            Part.INSIGHT.applicationId() + "-" + InsightTopology.SIGNALS + "-repartition";

    /** Every row that the first stage writes. */
    static final String STATISTICS_ROWS = changelog(InsightTopology.STATISTICS);

    /** Every row that the second writes. */
    static final String FLEET_ROWS = changelog(InsightTopology.FLEET);

    private final Wire wire;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final InsightMonitor monitor = new InsightMonitor(meters, Instant::now);
    private final RocksDbMemory memory = new RocksDbMemory(64 << 20);
    private final TopologyTestDriver kafka;
    private final Map<String, TestOutputTopic<byte[], byte[]>> outputs = new HashMap<>();
    private final TestInputTopic<byte[], byte[]> decisions;
    private final TestInputTopic<byte[], byte[]> statuses;

    InsightDriver(Path stateDir, SchemaRegistryClient registry) {
        this(stateDir, registry, 1, Guarantee.EXACTLY_ONCE_V2, StatsSettings.DEFAULT);
    }

    /**
     * @param registry the one that the records were written with
     * @param partitions how many the topics claim to have
     */
    InsightDriver(
            Path stateDir,
            SchemaRegistryClient registry,
            int partitions,
            Guarantee guarantee,
            StatsSettings settings) {
        wire = new Wire(registry, true);
        DeadLetters deadLetters = new DeadLetters(meters);
        AppConfig config =
                AppConfig.of(
                        Map.of(
                                Setting.STATE_DIR.key(),
                                stateDir.toString(),
                                Setting.PROCESSING_GUARANTEE.key(),
                                guarantee.streams()));
        Properties properties = new Properties();
        properties.putAll(StreamsSettings.of(config, Part.INSIGHT, deadLetters, memory));
        InsightParts parts =
                new InsightParts(
                        wire,
                        settings,
                        AlertSettings.DEFAULT,
                        DeskSettings.DEFAULT,
                        partitions,
                        monitor,
                        deadLetters);
        kafka =
                new TopologyTestDriver(
                        InsightTopology.build(new StreamsConfig(properties), parts),
                        properties,
                        AllocationDriver.START);
        decisions = input(Topics.DECISIONS);
        statuses = input(Topics.POOL_STATUS);
    }

    private static String changelog(String store) {
        return Part.INSIGHT.applicationId() + "-" + store + "-changelog";
    }

    private TestInputTopic<byte[], byte[]> input(Topic<?> topic) {
        return kafka.createInputTopic(
                topic.name(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Hears what the allocation decided and reported since it was asked last. */
    void hear(AllocationDriver allocation) {
        allocation.written(Topics.DECISIONS.name()).forEach(this::decision);
        allocation.written(Topics.POOL_STATUS.name()).forEach(this::status);
    }

    void decision(TestRecord<byte[], byte[]> record) {
        decisions.pipeInput(record);
    }

    void status(TestRecord<byte[], byte[]> record) {
        statuses.pipeInput(record);
    }

    void decision(String server, Decision decision, Instant time) {
        decision(record(server, encode(Topics.DECISIONS, decision), time));
    }

    void status(String server, PoolStatus status, Instant time) {
        status(record(server, encode(Topics.POOL_STATUS, status), time));
    }

    private static TestRecord<byte[], byte[]> record(String server, byte[] value, Instant time) {
        return new TestRecord<>(server.getBytes(UTF_8), value, time);
    }

    <T extends SpecificRecord> byte[] encode(Topic<T> topic, T value) {
        return wire.serde(topic).serializer().serialize(topic.name(), value);
    }

    List<TestRecord<String, PoolStats>> minutes() {
        return read(Topics.POOL_STATS_1M);
    }

    List<TestRecord<String, PoolStats>> hours() {
        return read(Topics.POOL_STATS_1H);
    }

    List<TestRecord<String, PoolStats>> fleetMinutes() {
        return read(Topics.FLEET_STATS_1M);
    }

    List<TestRecord<String, PoolStats>> fleetHours() {
        return read(Topics.FLEET_STATS_1H);
    }

    List<TestRecord<String, Alert>> alerts() {
        return read(Topics.POOL_ALERTS);
    }

    List<TestRecord<byte[], byte[]>> deadLetters() {
        return written(Topics.DEAD_LETTERS);
    }

    /** What was written since the topic was read last, as bytes. */
    List<TestRecord<byte[], byte[]>> written(String topic) {
        return outputs.computeIfAbsent(
                        topic,
                        its ->
                                kafka.createOutputTopic(
                                        its,
                                        new ByteArrayDeserializer(),
                                        new ByteArrayDeserializer()))
                .readRecordsToList();
    }

    private <T extends SpecificRecord> List<TestRecord<String, T>> read(Topic<T> topic) {
        return kafka.createOutputTopic(
                        topic.name(), new StringDeserializer(), wire.serde(topic).deserializer())
                .readRecordsToList();
    }

    InsightMonitor monitor() {
        return monitor;
    }

    /** A counter's value. */
    double count(String meter, String... tags) {
        return meters.get(meter).tags(tags).counter().count();
    }

    RowStore statistics() {
        return (RowStore) kafka.getStateStore(InsightTopology.STATISTICS);
    }

    RowStore fleet() {
        return (RowStore) kafka.getStateStore(InsightTopology.FLEET);
    }

    @Override
    public void close() {
        kafka.close();
        wire.close();
        memory.close();
    }
}
