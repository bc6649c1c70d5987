package io.exitpool.streams.allocation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.exitpool.core.event.AgentEvent;
import io.exitpool.core.event.EventBody;
import io.exitpool.core.pool.AllocationSettings;
import io.exitpool.core.pool.PoolConfig;
import io.exitpool.schemas.Decision;
import io.exitpool.schemas.PoolStatus;
import io.exitpool.schemas.SessionEvent;
import io.exitpool.schemas.topic.Topic;
import io.exitpool.schemas.topic.Topics;
import io.exitpool.schemas.wire.Wire;
import io.exitpool.streams.codec.Agent;
import io.exitpool.streams.codec.ConfigCodec;
import io.exitpool.streams.commit.GroupCommit;
import io.exitpool.streams.config.AppConfig;
import io.exitpool.streams.config.Part;
import io.exitpool.streams.config.Setting;
import io.exitpool.streams.config.StreamsSettings;
import io.exitpool.streams.input.DeadLetters;
import io.exitpool.streams.store.RocksDbMemory;
import io.exitpool.streams.store.RowStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/**
 * The real topology, pools, codecs and wire format on Kafka's test driver, spoken to as agents and
 * operators do. Records land on partition 0, whatever their key.
 */
public final class AllocationDriver implements AutoCloseable {
    static final long RANDOM_SEED = 42;
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Wire wire;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AllocationMonitor monitor;
    private final DeadLetters deadLetters = new DeadLetters(meters);
    private final RocksDbMemory memory = new RocksDbMemory(64 << 20);
    private final TopologyTestDriver kafka;
    private final Map<String, TestInputTopic<byte[], byte[]>> inputs = new HashMap<>();
    private final Map<String, TestOutputTopic<byte[], byte[]>> outputs = new HashMap<>();
    private final Serializer<SessionEvent> events;
    private final Map<String, Long> seqs = new HashMap<>();
    private Instant now = START;

    /** Where the wall clock stands; behind the time of records that came since. */
    private Instant clock = START;

    private Duration waited = Duration.ZERO;

    AllocationDriver(Path stateDir) {
        this(stateDir, 1, AppConfig.Guarantee.EXACTLY_ONCE_V2, new MockSchemaRegistryClient());
    }

    /**
     * @param partitions how many the topics claim to have
     */
    public AllocationDriver(
            Path stateDir,
            int partitions,
            AppConfig.Guarantee guarantee,
            SchemaRegistryClient registry) {
        wire = new Wire(registry, true);
        events = wire.serde(Topics.SESSION_EVENTS).serializer();
        AppConfig config =
                AppConfig.of(
                        Map.of(
                                Setting.STATE_DIR.key(),
                                stateDir.toString(),
                                Setting.PROCESSING_GUARANTEE.key(),
                                guarantee.streams()));
        monitor = new AllocationMonitor(meters, () -> now.plus(waited));
        Properties properties = new Properties();
        properties.putAll(StreamsSettings.of(config, Part.ALLOCATION, deadLetters, memory));
        AllocationParts parts =
                new AllocationParts(
                        wire,
                        loud(),
                        () -> new Random(RANDOM_SEED),
                        config.tickInterval(),
                        partitions,
                        new GroupCommit(),
                        monitor,
                        deadLetters);
        Topology topology = AllocationTopology.build(new StreamsConfig(properties), parts);
        kafka = new TopologyTestDriver(topology, properties, START);
    }

    /** A pool whose books do not add up fails the test. */
    private static AllocationSettings loud() {
        AllocationSettings defaults = AllocationSettings.DEFAULT;
        return new AllocationSettings(
                defaults.maxCountedGapMillis(),
                defaults.statusEveryMillis(),
                defaults.maxEpochAheadMillis(),
                defaults.maxClockSkewMillis(),
                defaults.minRetryAfterMillis(),
                defaults.maxRetryAfterMillis(),
                true);
    }

    /** An agent's next event. */
    public void event(String server, long epoch, EventBody body) {
        long seq = seqs.merge(server + epoch, 1L, Long::sum);
        event(server, new AgentEvent(epoch, seq, now.getEpochSecond(), body));
    }

    void event(String server, AgentEvent event) {
        pipe(
                Topics.SESSION_EVENTS.name(),
                server.getBytes(UTF_8),
                events.serialize(Topics.SESSION_EVENTS.name(), Agent.says(event)),
                new RecordHeaders());
    }

    public void config(String server, PoolConfig config) {
        pipe(
                Topics.POOL_CONFIGS.name(),
                server.getBytes(UTF_8),
                encode(Topics.POOL_CONFIGS, ConfigCodec.encode(config)),
                new RecordHeaders());
    }

    public void noConfig(String server) {
        pipe(Topics.POOL_CONFIGS.name(), server.getBytes(UTF_8), null, new RecordHeaders());
    }

    void pipe(String topic, byte[] key, byte[] value, Headers headers) {
        inputs.computeIfAbsent(
                        topic,
                        its ->
                                kafka.createInputTopic(
                                        its, new ByteArraySerializer(), new ByteArraySerializer()))
                .pipeInput(new TestRecord<>(key, value, headers, now));
    }

    <T extends SpecificRecord> byte[] encode(Topic<T> topic, T value) {
        return wire.serde(topic).serializer().serialize(topic.name(), value);
    }

    Wire wire() {
        return wire;
    }

    /** Time passes for everybody: the wall clock, and with it the Ticks. */
    public void pass(Duration duration) {
        for (long seconds = duration.toSeconds(); seconds > 0; seconds--) {
            now = now.plusSeconds(1);
            clock = clock.plusSeconds(1);
            kafka.advanceWallClockTime(Duration.ofSeconds(1));
        }
    }

    /** What comes next comes then, before the wall clock gets there. */
    public void at(Instant then) {
        now = then;
    }

    /** The wall clock gets there in one step: one Tick is written. */
    public void tickAt(Instant then) {
        now = then;
        Duration step = Duration.between(clock, then);
        clock = then;
        kafka.advanceWallClockTime(step);
    }

    /** Time passes without a Tick being written: the instance was down. */
    void skip(Duration duration) {
        now = now.plus(duration);
    }

    /** From now on, records are read so long after they were appended. */
    void readAfter(Duration wait) {
        waited = wait;
    }

    public Instant now() {
        return now;
    }

    List<TestRecord<String, Decision>> decisions() {
        return read(Topics.DECISIONS);
    }

    List<TestRecord<String, PoolStatus>> statuses() {
        return read(Topics.POOL_STATUS);
    }

    List<TestRecord<byte[], byte[]>> deadLetters() {
        return written(Topics.DEAD_LETTERS);
    }

    /** The same as bytes, for who reads them in their own way. */
    public List<TestRecord<byte[], byte[]>> written(String topic) {
        return outputs.computeIfAbsent(
                        topic,
                        its ->
                                kafka.createOutputTopic(
                                        its,
                                        new ByteArrayDeserializer(),
                                        new ByteArrayDeserializer()))
                .readRecordsToList();
    }

    /** What was written since the topic was read last. */
    private <T extends SpecificRecord> List<TestRecord<String, T>> read(Topic<T> topic) {
        return kafka.createOutputTopic(
                        topic.name(), new StringDeserializer(), wire.serde(topic).deserializer())
                .readRecordsToList();
    }

    AllocationMonitor monitor() {
        return monitor;
    }

    /** A counter's value. */
    double count(String meter, String... tags) {
        return meters.get(meter).tags(tags).counter().count();
    }

    double gauge(String meter) {
        return meters.get(meter).gauge().value();
    }

    RowStore store() {
        return (RowStore) kafka.getStateStore(AllocationTopology.STORE);
    }

    @Override
    public void close() {
        kafka.close();
        wire.close();
        memory.close();
    }
}
