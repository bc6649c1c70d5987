package io.exitpool.streams.insight;

import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.core.alert.AlertSettings;
import io.exitpool.core.alert.DeskSettings;
import io.exitpool.core.stats.StatsSettings;
import io.exitpool.schemas.topic.Topic;
import io.exitpool.schemas.topic.Topics;
import io.exitpool.schemas.wire.Wire;
import io.exitpool.streams.Seed;
import io.exitpool.streams.codec.Counted;
import io.exitpool.streams.codec.FactCodec;
import io.exitpool.streams.codec.StatusCodec;
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
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Both stages' processors on real RocksDB stores, whose life is in the test's hands: closed and
 * opened again in the middle of windows, storms and silences, they tell what they would have told.
 */
class RestartTest {
    private static final String[] SERVERS = {"se-sto-wg-001", "se-sto-wg-002"};

    @TempDir Path dir;
    private final long seed = Seed.of(RestartTest.class);
    private final List<Heard<?>> heard = new ArrayList<>();

    private record Heard<T extends SpecificRecord>(
            Topic<T> topic, Function<T, Counted> codec, TestRecord<byte[], byte[]> record) {
        Record<byte[], Counted> read(Wire wire) {
            Counted value =
                    wire.deserializer(topic, codec).deserialize(topic.name(), record.value());
            return new Record<>(record.key(), value, record.timestamp());
        }
    }

    @Test
    void shouldTellTheSameHoweverOftenItIsRestarted() {
        try (Fleet fleet = new Fleet(dir.resolve("allocation"))) {
            // given
            listen(fleet);
            Random random = new Random(seed);
            // when
            List<String> expected = told(fleet, "never", record -> false);
            List<String> restarted = told(fleet, "often", record -> random.nextInt(100) == 0);
            // then
            assertThat(expected).anyMatch(one -> one.startsWith("write-alerts"));
            assertThat(expected).anyMatch(one -> one.startsWith("write-fleet-stats-1m"));
            assertThat(expected).anyMatch(one -> one.startsWith("write-pool-stats-1h"));
            assertThat(restarted).isEqualTo(expected);
        }
    }

    /** An hour and some minutes; a pool that is too small, and an agent that falls silent. */
    private void listen(Fleet fleet) {
        fleet.add(SERVERS[0], Fleet.pool(1, 6, Duration.ofSeconds(20)));
        fleet.add(SERVERS[1], Fleet.pool(1, 20, Duration.ofSeconds(5)));
        fleet.pass(Duration.ofMinutes(53));
        Traffic traffic = new Traffic(fleet, seed, 0.1, 60);
        traffic.pass(Duration.ofMinutes(5), SERVERS);
        fleet.crash(SERVERS[1]);
        traffic.pass(Duration.ofMinutes(3), SERVERS[0]);
        fleet.begin(SERVERS[1]);
        traffic.pass(Duration.ofMinutes(3), SERVERS);
        add(fleet, Topics.DECISIONS, FactCodec::read);
        add(fleet, Topics.POOL_STATUS, StatusCodec::read);
        heard.sort((a, b) -> Long.compare(a.record().timestamp(), b.record().timestamp()));
    }

    private <T extends SpecificRecord> void add(
            Fleet fleet, Topic<T> topic, Function<T, Counted> codec) {
        fleet.allocation
                .written(topic.name())
                .forEach(record -> heard.add(new Heard<>(topic, codec, record)));
    }

    private List<String> told(Fleet fleet, String name, IntPredicate restart) {
        List<String> told = new ArrayList<>();
        try (Wire wire = new Wire(fleet.registry, true);
                RocksDbMemory memory = new RocksDbMemory(32 << 20)) {
            DeadLetters deadLetters = new DeadLetters(new SimpleMeterRegistry());
            InsightParts parts =
                    new InsightParts(
                            wire,
                            StatsSettings.DEFAULT,
                            AlertSettings.DEFAULT,
                            DeskSettings.DEFAULT,
                            1,
                            new InsightMonitor(new SimpleMeterRegistry(), InstantSource.system()),
                            deadLetters);
            Properties properties = new Properties();
            properties.putAll(
                    StreamsSettings.of(AppConfig.of(Map.of()), Part.INSIGHT, deadLetters, memory));
            Stage<Counted> servers =
                    new Stage<>(
                            () -> new ServerFoldProcessor(parts),
                            InsightTopology.STATISTICS,
                            properties,
                            dir.resolve(name + "-servers"));
            Stage<byte[]> ofFleet =
                    new Stage<>(
                            () -> new FleetFoldProcessor(parts),
                            InsightTopology.FLEET,
                            properties,
                            dir.resolve(name + "-fleet"));
            for (int n = 0; n < heard.size(); n++) {
                if (restart.test(n)) {
                    servers.reopen();
                    ofFleet.reopen();
                }
                Heard<?> next = heard.get(n);
                for (Told one : servers.process(next.topic().name(), n, next.read(wire))) {
                    if (one.node().equals(InsightTopology.TO_FLEET)) {
                        ofFleet.process(InsightDriver.SIGNALS, n, one.record())
                                .forEach(answer -> told.add(answer.toString()));
                    }
                    told.add(one.toString());
                }
            }
            servers.close();
            ofFleet.close();
        }
        return told;
    }

    private record Told(String node, Record<byte[], byte[]> record) {
        @Override
        public String toString() {
            HexFormat hex = HexFormat.of();
            return "%s %s %d %s"
                    .formatted(
                            node,
                            hex.formatHex(record.key()),
                            record.timestamp(),
                            record.value() == null ? "gone" : hex.formatHex(record.value()));
        }
    }

    /** A stage's task. */
    private static final class Stage<V> {
        private final Supplier<Processor<byte[], V, byte[], byte[]>> processors;
        private final String storeName;
        private final Properties properties;
        private final Path stateDir;
        private Processor<byte[], V, byte[], byte[]> processor;
        private MockProcessorContext<byte[], byte[]> context;
        private RowStore store;

        Stage(
                Supplier<Processor<byte[], V, byte[], byte[]>> processors,
                String storeName,
                Properties properties,
                Path stateDir) {
            this.processors = processors;
            this.storeName = storeName;
            this.properties = properties;
            this.stateDir = stateDir;
            open();
        }

        private void open() {
            context = new MockProcessorContext<>(properties, new TaskId(0, 0), stateDir.toFile());
            store = Changelog.store(storeName, 1).withLoggingDisabled().build();
            store.init(context.getStateStoreContext(), store);
            context.addStateStore(store);
            processor = processors.get();
            processor.init(context);
        }

        void reopen() {
            close();
            open();
        }

        void close() {
            processor.close();
            store.commit(Map.of(new TopicPartition("changelog", 0), 0L));
            store.close();
        }

        List<Told> process(String topic, long offset, Record<byte[], V> record) {
            context.setRecordMetadata(topic, 0, offset);
            processor.process(record);
            List<Told> told =
                    context.forwarded().stream()
                            .map(
                                    one ->
                                            new Told(
                                                    one.childName().orElseThrow(),
                                                    new Record<>(
                                                            one.record().key(),
                                                            one.record().value(),
                                                            one.record().timestamp())))
                            .toList();
            context.resetForwards();
            return told;
        }
    }
}
