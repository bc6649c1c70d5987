package io.exitpool.schemas.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.exitpool.schemas.PoolStatus;
import io.exitpool.schemas.Samples;
import io.exitpool.schemas.SessionEvent;
import io.exitpool.schemas.Tick;
import io.exitpool.schemas.connection.TopicReader.Entry;
import io.exitpool.schemas.connection.TopicReader.Start;
import io.exitpool.schemas.topic.ServerPartition;
import io.exitpool.schemas.topic.Topic;
import io.exitpool.schemas.topic.TopicDefinition;
import io.exitpool.schemas.topic.TopicDefinitions;
import io.exitpool.schemas.topic.Topics;
import io.exitpool.schemas.wire.HttpRegistry;
import io.exitpool.schemas.wire.UndecodableException.Reason;
import io.exitpool.schemas.wire.Wire;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicReaderIT {

    private static final HttpRegistry REGISTRY = new HttpRegistry();

    @TempDir private static Path folder;
    private static Broker broker;
    private static Connection connection;
    private static Wire wire;

    @BeforeAll
    static void start() throws Exception {
        broker = new Broker(folder);
        connection =
                Connection.of(
                        Map.of(
                                "bootstrap.servers", broker.address(),
                                "schema.registry.url", REGISTRY.url(),
                                "auto.register.schemas", "true"));
        wire = connection.wire();
        // every definition is one that a broker accepts
        try (Admin admin = Admin.create(connection.admin())) {
            admin.createTopics(
                            TopicDefinitions.load().stream().map(TopicReaderIT::newTopic).toList())
                    .all()
                    .get();
        }
    }

    @AfterAll
    static void stop() {
        wire.close();
        broker.close();
        REGISTRY.close();
    }

    @Test
    void shouldReadWhatIsThereAndWhatCannotBeRead() throws Exception {
        // given a status, a tombstone, and bytes that are no record
        PoolStatus status = Samples.status(2);
        try (Producer<String, byte[]> producer = producer(Map.of())) {
            producer.send(record(Topics.POOL_STATUS, "se-sto-wg-208", status, 1_000L));
            producer.send(record(Topics.POOL_STATUS, "us-nyc-wg-1", null, 2_000L));
            producer.send(
                    new ProducerRecord<>(
                            "exit-pool-status", null, 3_000L, "de-fra-wg-4", new byte[] {1}));
        }

        // when
        List<Entry<PoolStatus>> read = all(Topics.POOL_STATUS);

        // then
        assertThat(read).hasSize(3);
        Entry<PoolStatus> first = of(read, "se-sto-wg-208");
        assertThat(first)
                .isEqualTo(
                        new Entry<>(
                                "exit-pool-status",
                                ServerPartition.of("se-sto-wg-208", 12),
                                0,
                                1_000L,
                                "se-sto-wg-208",
                                status,
                                Optional.empty()));
        assertThat(first.isTombstone()).isFalse();
        assertThat(of(read, "us-nyc-wg-1").isTombstone()).isTrue();
        Entry<PoolStatus> broken = of(read, "de-fra-wg-4");
        assertThat(broken.isTombstone()).isFalse();
        assertThat(broken.undecodable().orElseThrow().reason()).isEqualTo(Reason.TOO_SHORT);
    }

    @Test
    void shouldReadCommittedRecordsOnlyAndEndBeforeAnOpenTransaction() throws Exception {
        // given a committed, an aborted and an open transaction on one partition
        try (Producer<String, byte[]> done = producer(Map.of("transactional.id", "done"));
                Producer<String, byte[]> open = producer(Map.of("transactional.id", "open"))) {
            done.initTransactions();
            done.beginTransaction();
            done.send(decision(0)).get();
            done.commitTransaction();
            done.beginTransaction();
            done.send(decision(1)).get();
            done.abortTransaction();
            open.initTransactions();
            open.beginTransaction();
            open.send(decision(2)).get();

            // when, then
            assertThat(all(Topics.DECISIONS)).extracting(Entry::offset).containsExactly(0L);
            open.commitTransaction();
            assertThat(all(Topics.DECISIONS)).hasSize(2);
        }
    }

    @Test
    void shouldFollowSeveralTopicsFromTheirEnds() throws Exception {
        List<Topic<?>> topics = List.of(Topics.SESSION_EVENTS, Topics.POOL_CONFIGS);
        try (Producer<String, byte[]> producer = producer(Map.of())) {
            // given a record before the reader is opened
            producer.send(event(1)).get();
            try (TopicReader reader = TopicReader.open(connection, topics, Start.END)) {
                assertThat(reader.atEnd()).isTrue();

                // when two more come, one of them as large as they get
                producer.send(event(2)).get();
                producer.send(
                                record(
                                        Topics.POOL_CONFIGS,
                                        "se-sto-wg-208",
                                        Samples.config(65_536, "x".repeat(64)),
                                        null))
                        .get();

                // then they are read, and nothing else
                List<Entry<?>> read = new ArrayList<>();
                long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
                while (read.size() < 2 && System.nanoTime() < deadline) {
                    read.addAll(reader.poll(Duration.ofMillis(200)));
                }
                assertThat(read).hasSize(2);
                Entry<?> event =
                        read.stream()
                                .filter(entry -> entry.topic().equals("exit-session-events"))
                                .findFirst()
                                .orElseThrow();
                assertThat(event.as(Topics.SESSION_EVENTS).orElseThrow().value())
                        .isEqualTo(new SessionEvent(new Tick(2)));
                assertThat(event.as(Topics.POOL_CONFIGS)).isEmpty();
                assertThat(event.key()).isNull();
            }
        }
    }

    @Test
    void shouldSayThatATopicIsMissing() {
        Topic<PoolStatus> missing = new Topic<>("exit-nowhere", PoolStatus.class);

        assertThatThrownBy(() -> all(missing))
                .isInstanceOf(UnknownTopicOrPartitionException.class)
                .hasMessage(
                        "There is no topic exit-nowhere on "
                                + broker.address()
                                + ": create the topics with ./exitpool topics create");
    }

    @Test
    void shouldSayThatKafkaIsNotThere() throws Exception {
        Connection nowhere =
                connection
                        .with("bootstrap.servers", "localhost:1")
                        .with("kafka.default.api.timeout.ms", "300")
                        .with("kafka.request.timeout.ms", "200");

        assertThatThrownBy(
                        () ->
                                TopicReader.open(
                                        nowhere, List.of(Topics.POOL_STATUS), Start.BEGINNING))
                .isInstanceOf(TimeoutException.class);
    }

    @Test
    void shouldReadATopicWhoseBeginningIsGone() throws Exception {
        Topic<SessionEvent> topic = new Topic<>("cut-short", SessionEvent.class);
        TopicPartition partition = new TopicPartition(topic.name(), 0);
        try (Admin admin = Admin.create(connection.admin());
                Producer<String, byte[]> producer = producer(Map.of())) {
            admin.createTopics(List.of(new NewTopic(topic.name(), 1, (short) 1))).all().get();
            for (int i = 0; i < 3; i++) {
                producer.send(record(topic, "a", new SessionEvent(new Tick(i)), null)).get();
            }
            admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(2))).all().get();
            assertThat(all(topic)).extracting(Entry::offset).containsExactly(2L);

            // and one that is empty by now
            admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(3))).all().get();
            assertThat(all(topic)).isEmpty();
        }
    }

    @Test
    void shouldEndAPollWhenClosedFromAnotherThread() throws Exception {
        TopicReader reader = TopicReader.open(connection, List.of(Topics.POOL_CONFIGS), Start.END);
        CompletableFuture<List<Entry<?>>> poll =
                CompletableFuture.supplyAsync(() -> reader.poll(Duration.ofMinutes(5)));

        reader.close();

        // the poll was ended, or came too late to begin
        assertThat(poll.handle((entries, refused) -> refused == null || isClosed(refused)))
                .succeedsWithin(Duration.ofSeconds(60))
                .isEqualTo(true);
        assertThatThrownBy(() -> reader.poll(Duration.ZERO)).hasMessage("the reader is closed");
        reader.close();
    }

    @Test
    void shouldDefineTopicsAsTheBrokerHasThem() throws Exception {
        // a broker's defaults do not show through: each value is our own
        for (TopicDefinition definition : TopicDefinitions.load()) {
            ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, definition.name());
            try (Admin admin = Admin.create(connection.admin())) {
                var config = admin.describeConfigs(List.of(topic)).all().get().get(topic);
                definition
                        .configs(1)
                        .forEach(
                                (key, value) ->
                                        assertThat(config.get(key).value()).isEqualTo(value));
            }
        }
    }

    private static boolean isClosed(Throwable refused) {
        return refused.getCause() instanceof IllegalStateException;
    }

    private static <T extends SpecificRecord> List<Entry<T>> all(Topic<T> topic) {
        List<Entry<T>> entries = new ArrayList<>();
        TopicReader.readToEnd(connection, topic, entries::add);
        return entries;
    }

    private static <T extends SpecificRecord> Entry<T> of(List<Entry<T>> entries, String key) {
        return entries.stream().filter(entry -> entry.key().equals(key)).findFirst().orElseThrow();
    }

    private static ProducerRecord<String, byte[]> decision(int number) {
        return record(
                Topics.DECISIONS,
                "se-sto-wg-208",
                Samples.decisions(new Random(1)).get(number),
                1_000L);
    }

    private static ProducerRecord<String, byte[]> event(int partition) {
        return new ProducerRecord<>(
                "exit-session-events",
                partition,
                null,
                wire.serde(Topics.SESSION_EVENTS)
                        .serializer()
                        .serialize("", new SessionEvent(new Tick(partition))));
    }

    private static <T extends SpecificRecord> ProducerRecord<String, byte[]> record(
            Topic<T> topic, String key, T value, Long timestamp) {
        return new ProducerRecord<>(
                topic.name(),
                null,
                timestamp,
                key,
                wire.serde(topic).serializer().serialize(topic.name(), value));
    }

    private static Producer<String, byte[]> producer(Map<String, Object> more) {
        Map<String, Object> config = connection.producer();
        config.putAll(more);
        return new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
    }

    private static NewTopic newTopic(TopicDefinition definition) {
        return new NewTopic(definition.name(), definition.partitions(12), (short) 1)
                .configs(definition.configs(1));
    }
}
