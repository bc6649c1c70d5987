package io.exitpool.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.exitpool.schemas.SessionEvent;
import io.exitpool.schemas.Tick;
import io.exitpool.schemas.connection.Connection;
import io.exitpool.schemas.topic.Topics;
import io.exitpool.schemas.wire.HttpRegistry.Answer;
import io.exitpool.schemas.wire.UndecodableException.Reason;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryTroubleTest {

    private static final SessionEvent TICK = new SessionEvent(new Tick(1));
    private static final byte[] TICK_OF_SCHEMA_1 = {0, 0, 0, 0, 1, 2, 2};

    private final HttpRegistry registry = new HttpRegistry();
    private final Logs logs = new Logs();
    private Wire wire = wire(registry.url());

    @AfterEach
    void close() {
        wire.close();
        logs.close();
        registry.close();
    }

    @Test
    void shouldLookTheSchemaUpOncePerSerializer() throws Exception {
        registerEvents();
        Serializer<SessionEvent> serializer = wire.serde(Topics.SESSION_EVENTS).serializer();

        serializer.serialize("", TICK);
        byte[] second = serializer.serialize("", TICK);

        assertThat(second).containsExactly(TICK_OF_SCHEMA_1);
        assertThat(registry.requests())
                .extracting(request -> request.method() + " " + request.path())
                .containsExactly("POST /subjects/exit-session-events-value");
    }

    @Test
    void shouldAskForAWritersSchemaOnce() throws Exception {
        registerEvents();
        Deserializer<SessionEvent> deserializer = wire.serde(Topics.SESSION_EVENTS).deserializer();

        deserializer.deserialize("", TICK_OF_SCHEMA_1);
        deserializer.deserialize("", TICK_OF_SCHEMA_1);

        assertThat(registry.requests())
                .extracting(request -> request.method() + " " + request.path())
                .containsExactly("GET /schemas/ids/1");
    }

    @Test
    void shouldRegisterByItselfOnlyWhereThatIsWanted() {
        Wire registering = new Wire(connection(registry.url()).registry(), true);

        byte[] bytes = registering.serde(Topics.SESSION_EVENTS).serializer().serialize("", TICK);

        assertThat(bytes).containsExactly(TICK_OF_SCHEMA_1);
    }

    @Test
    void shouldSayHowToRegisterAMissingSchema() {
        assertThatThrownBy(this::write)
                .isExactlyInstanceOf(RegistryException.class)
                .hasMessage(
                        "The schema registry does not have this program's schema of"
                                + " exit-session-events-value: register it with ./exitpool schemas"
                                + " register");
    }

    @Test
    void shouldSayHowToRegisterASchemaThatIsMissingAmongOthers() throws Exception {
        // given a subject with another version only
        registry.memory()
                .register(
                        Topics.SESSION_EVENTS.subject(),
                        new AvroSchema(Topics.POOL_STATUS.schema()));

        assertThatThrownBy(this::write).hasMessageContaining("./exitpool schemas register");
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 429, 408})
    void shouldWaitForARegistryInTrouble(int status) throws Exception {
        // given a registry that answers the third time
        registerEvents();
        AtomicInteger asked = new AtomicInteger();
        registry.fault(
                request ->
                        asked.incrementAndGet() < 3
                                ? Optional.of(new Answer(status, "<h1>later</h1>"))
                                : Optional.empty());

        // when
        SessionEvent read = read();

        // then it was read, and the outage is told once
        assertThat(read).isEqualTo(TICK);
        assertThat(asked).hasValue(3);
        assertThat(logs.of(Level.WARN))
                .containsExactly(
                        "The schema registry does not answer (it answered "
                                + status
                                + "): waiting to give schema 1, trying again until it does");
        assertThat(logs.of(Level.INFO)).containsExactly("The schema registry answers again");
    }

    @Test
    void shouldTellOneOutageOfAllThreadsOnce() throws Exception {
        // given four readers that wait for the same registry
        registerEvents();
        CountDownLatch asked = new CountDownLatch(12);
        registry.fault(
                request -> {
                    asked.countDown();
                    return Optional.of(new Answer(503, ""));
                });
        CompletableFuture<?>[] readers = new CompletableFuture<?>[4];
        for (int i = 0; i < readers.length; i++) {
            readers[i] = CompletableFuture.runAsync(this::read, task -> new Thread(task).start());
        }

        // when it comes back after each has asked several times
        assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
        registry.heal();
        CompletableFuture.allOf(readers).get(30, TimeUnit.SECONDS);

        // then
        assertThat(logs.of(Level.WARN)).hasSize(1);
        assertThat(logs.of(Level.INFO)).hasSize(1);
    }

    @Test
    void shouldWaitForARegistryThatIsNotThereUntilClosed() throws Exception {
        // given an address where nobody listens
        registry.close();
        wire = wire(registry.url());
        CompletableFuture<SessionEvent> reading =
                CompletableFuture.supplyAsync(this::read, task -> new Thread(task).start());

        // when it waits, and the wire is closed
        awaitWarning();
        assertThat(reading).isNotDone();
        wire.close();

        // then the record is neither read nor given up as undecodable
        assertThatThrownBy(() -> reading.get(30, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(WireClosedException.class)
                .hasMessage("closed while waiting for the schema registry to give schema 1");
    }

    @Test
    void shouldFailWhenItsPatienceEnds() {
        registry.answerAllWith(503, "");
        wire = wire(registry.url(), Duration.ofMillis(20));

        assertThatThrownBy(this::write)
                .isExactlyInstanceOf(RegistryException.class)
                .hasMessage(
                        "The schema registry did not look up exit-session-events-value for 0 s: it"
                                + " answered 503");
    }

    @Test
    void shouldEndTheWaitWhenInterrupted() throws Exception {
        // given a writer that waits
        registry.answerAllWith(503, "");
        CompletableFuture<Throwable> writing = new CompletableFuture<>();
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                write();
                            } catch (WireClosedException e) {
                                writing.complete(Thread.currentThread().isInterrupted() ? e : null);
                            }
                        });
        thread.start();
        awaitWarning();

        // when
        thread.interrupt();

        // then
        assertThat(writing.get(30, TimeUnit.SECONDS))
                .hasMessageStartingWith("interrupted while waiting");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void shouldFailWithTheReasonWhenItIsRefused(int status) throws Exception {
        registerEvents();
        registry.answerAllWith(status, "{\"error_code\":" + status + ",\"message\":\"no\"}");

        assertThatThrownBy(this::read)
                .isExactlyInstanceOf(RegistryException.class)
                .hasMessageContaining("refused to give schema 1 (" + status + ")")
                .hasMessageContaining("schema.registry.basic.auth.user.info");
        assertThatThrownBy(this::write)
                .isExactlyInstanceOf(RegistryException.class)
                .hasMessageContaining("refused to look up exit-session-events-value");
    }

    @Test
    void shouldNotTakeAStrangersNotFoundForAnUnknownSchema() {
        registry.answerAllWith(404, "<h1>Not Found</h1>");

        assertThatThrownBy(this::read)
                .isExactlyInstanceOf(RegistryException.class)
                .hasMessageContaining(
                        "check that schema.registry.url is the address of a registry");
    }

    @Test
    void shouldTakeTheRegistrysNotFoundForAnUnknownSchema() {
        assertThatThrownBy(this::read)
                .isInstanceOfSatisfying(
                        UndecodableException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.UNKNOWN_SCHEMA));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"schema\":\"syntax = \\\"proto3\\\";\",\"schemaType\":\"PROTOBUF\"}",
                "{\"schema\":\"{\\\"type\\\":\\\"recordd\\\"}\"}"
            })
    void shouldNotWaitForASchemaThatIsNoAvroSchema(String body) {
        registry.answerAllWith(200, body);

        assertThatThrownBy(this::read)
                .isInstanceOfSatisfying(
                        UndecodableException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.INCOMPATIBLE_SCHEMA));
    }

    @Test
    void shouldNotAskAgainAndAgainForAnIdThatIsUnknown() {
        Deserializer<SessionEvent> deserializer = wire.serde(Topics.SESSION_EVENTS).deserializer();

        for (int i = 0; i < 50; i++) {
            assertThatThrownBy(() -> deserializer.deserialize("", TICK_OF_SCHEMA_1))
                    .isInstanceOf(UndecodableException.class);
        }

        assertThat(registry.requests()).hasSize(1);
    }

    private SessionEvent read() {
        return wire.serde(Topics.SESSION_EVENTS).deserializer().deserialize("", TICK_OF_SCHEMA_1);
    }

    private byte[] write() {
        return wire.serde(Topics.SESSION_EVENTS).serializer().serialize("", TICK);
    }

    private void registerEvents() throws Exception {
        registry.memory()
                .register(
                        Topics.SESSION_EVENTS.subject(),
                        new AvroSchema(Topics.SESSION_EVENTS.schema()));
    }

    private void awaitWarning() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (logs.of(Level.WARN).isEmpty()) {
            assertThat(System.nanoTime()).as("no warning").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private static Wire wire(String url) {
        return wire(url, Duration.ofDays(1));
    }

    private static Wire wire(String url, Duration patience) {
        RegistryCalls calls =
                new RegistryCalls(Duration.ofMillis(1), Duration.ofMillis(5), patience);
        return new Wire(connection(url).registry(), false, calls);
    }

    private static Connection connection(String url) {
        return Connection.of(Map.of(Connection.REGISTRY_URL, url));
    }
}
