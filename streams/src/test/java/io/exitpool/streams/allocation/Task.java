package io.exitpool.streams.allocation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.exitpool.core.event.AgentEvent;
import io.exitpool.core.event.EventBody;
import io.exitpool.core.pool.AllocationSettings;
import io.exitpool.core.pool.PoolConfig;
import io.exitpool.schemas.Decision;
import io.exitpool.schemas.PoolStatus;
import io.exitpool.schemas.topic.Topic;
import io.exitpool.schemas.topic.Topics;
import io.exitpool.schemas.wire.Wire;
import io.exitpool.streams.codec.RowKey;
import io.exitpool.streams.codec.Said;
import io.exitpool.streams.commit.Between;
import io.exitpool.streams.commit.GroupCommit;
import io.exitpool.streams.config.AppConfig;
import io.exitpool.streams.config.Part;
import io.exitpool.streams.config.StreamsSettings;
import io.exitpool.streams.input.DeadLetters;
import io.exitpool.streams.store.Changelog;
import io.exitpool.streams.store.RocksDbMemory;
import io.exitpool.streams.store.RowStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedForward;
import org.apache.kafka.streams.processor.api.Record;

/**
 * One task's processor on a real RocksDB store, whose life is in the test's hands: it can be
 * revived and reopened, which Kafka's test driver cannot.
 */
final class Task implements AutoCloseable {
    static final int PARTITION = 0;
    static final long EPOCH = 1_767_225_600_000_000L;

    private final Path stateDir;
    private final GroupCommit commits = new GroupCommit();
    private final Wire wire = new Wire(new MockSchemaRegistryClient(), true);
    private final AllocationMonitor monitor =
            new AllocationMonitor(new SimpleMeterRegistry(), InstantSource.system());
    private final DeadLetters deadLetters = new DeadLetters(new SimpleMeterRegistry());
    private final RocksDbMemory memory = new RocksDbMemory(32 << 20);
    private final Map<String, Long> seqs = new HashMap<>();
    private AllocateProcessor processor;
    private MockProcessorContext<byte[], byte[]> context;
    private RowStore store;
    private long offset;
    private long now = 1_767_225_600_000L;

    Task(Path stateDir) {
        this.stateDir = stateDir;
        open();
    }

    /** Kafka Streams opens the task: a new processor on whatever the directory has. */
    private void open() {
        processor =
                new AllocateProcessor(
                        new AllocationParts(
                                wire,
                                AllocationSettings.DEFAULT,
                                () -> new Random(42),
                                Duration.ofSeconds(1),
                                1,
                                commits,
                                monitor,
                                deadLetters));
        openStore();
        processor.init(context);
    }

    /** As a task does that stops cleanly. */
    private void closeStore() {
        store.commit(Map.of(new TopicPartition("changelog", PARTITION), 0L));
        store.close();
    }

    private void openStore() {
        Properties properties = new Properties();
        properties.putAll(
                StreamsSettings.of(AppConfig.of(Map.of()), Part.ALLOCATION, deadLetters, memory));
        context =
                new MockProcessorContext<>(properties, new TaskId(0, PARTITION), stateDir.toFile());
        store = Changelog.store(AllocationTopology.STORE, 1).withLoggingDisabled().build();
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
    }

    /** The task is closed, and opened again with a new processor: a restart. */
    void reopen() {
        processor.close();
        closeStore();
        open();
    }

    /** The same; rows that no record is about are read when {@link Between#readOn} is called. */
    Between reopenInHaste() {
        Between between = new Between(commits);
        reopen();
        return between;
    }

    /** The same processor is initialized again: a task is revived after a fault. */
    void revive() {
        closeStore();
        openStore();
        processor.init(context);
    }

    void config(String server, PoolConfig config) {
        hear(Topics.POOL_CONFIGS, server, new Said.Config(config));
    }

    /** An agent's next event. */
    void event(String server, EventBody body) {
        long seq = seqs.merge(server, 1L, Long::sum);
        event(server, new AgentEvent(EPOCH, seq, now / 1_000, body));
    }

    void event(String server, AgentEvent event) {
        hear(Topics.SESSION_EVENTS, server, new Said.Event(event));
    }

    /** A Tick is read. */
    void tick() {
        context.setRecordMetadata(Topics.SESSION_EVENTS.name(), PARTITION, offset++);
        now += 1_000;
        processor.process(new Record<>(null, new Said.Tick(PARTITION), now));
    }

    private void hear(Topic<?> topic, String server, Said value) {
        context.setRecordMetadata(topic.name(), PARTITION, offset++);
        processor.process(new Record<>(server.getBytes(UTF_8), value, now));
    }

    /** Since they were asked for last. */
    List<Decision> decisions() {
        List<Decision> decisions = new ArrayList<>();
        forwarded(AllocationTopology.WRITE_DECISIONS)
                .forEach(record -> decisions.add(read(Topics.DECISIONS, record)));
        context.resetForwards();
        return decisions;
    }

    /** The last status of each server since they were asked for last. */
    Map<String, PoolStatus> statuses() {
        Map<String, PoolStatus> statuses = new HashMap<>();
        forwarded(AllocationTopology.WRITE_POOL_STATUS)
                .forEach(
                        record ->
                                statuses.put(
                                        new String(record.key(), UTF_8),
                                        read(Topics.POOL_STATUS, record)));
        context.resetForwards();
        return statuses;
    }

    List<Record<? extends byte[], ? extends byte[]>> forwarded(String node) {
        return context.forwarded().stream()
                .filter(one -> one.childName().orElseThrow().equals(node))
                .<Record<? extends byte[], ? extends byte[]>>map(CapturedForward::record)
                .toList();
    }

    private <T extends SpecificRecord> T read(
            Topic<T> topic, Record<? extends byte[], ? extends byte[]> record) {
        return wire.serde(topic).deserializer().deserialize(topic.name(), record.value());
    }

    List<RowKey.Kind> rows(String server) {
        List<RowKey.Kind> kinds = new ArrayList<>();
        store.forEach(
                (bytes, row) -> {
                    RowKey key = RowKey.decode(bytes);
                    if (key.server().equals(server)) {
                        kinds.add(key.kind());
                    }
                });
        return kinds;
    }

    RowStore store() {
        return store;
    }

    MockProcessorContext<byte[], byte[]> context() {
        return context;
    }

    AllocateProcessor processor() {
        return processor;
    }

    AllocationMonitor monitor() {
        return monitor;
    }

    Wire wire() {
        return wire;
    }

    void setTime(long millis) {
        now = millis;
    }

    @Override
    public void close() {
        processor.close();
        store.close();
        memory.close();
    }
}
