package io.exitpool.streams.allocation;

import static io.exitpool.streams.allocation.Pools.begin;
import static io.exitpool.streams.allocation.Pools.end;
import static io.exitpool.streams.allocation.Pools.start;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.exitpool.core.event.AgentEvent;
import io.exitpool.core.event.ServerStarted;
import io.exitpool.schemas.SessionEvent;
import io.exitpool.schemas.SnapshotEntry;
import io.exitpool.schemas.SnapshotPart;
import io.exitpool.schemas.Tick;
import io.exitpool.schemas.topic.ServerPartition;
import io.exitpool.schemas.topic.Topics;
import io.exitpool.streams.codec.Agent;
import io.exitpool.streams.config.AppConfig.Guarantee;
import io.exitpool.streams.input.DeadLetter;
import io.exitpool.streams.input.DeadLetters;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * At least once, because Kafka's test driver loses what a deserialization handler sends within a
 * transaction; a broker does not.
 */
class DeadLetterTest {
    private static final String SERVER = "se-sto-wg-208";
    private static final byte[] KEY = SERVER.getBytes(UTF_8);
    private static final long EPOCH = 1_767_225_600_000_000L;
    private static final int PARTITIONS = 12;
    private static final String EVENTS = Topics.SESSION_EVENTS.name();
    private static final String CONFIGS = Topics.POOL_CONFIGS.name();

    @TempDir Path stateDir;
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private AllocationDriver driver;

    @BeforeEach
    void open() {
        driver = open(1);
        log.start();
        ((Logger) LoggerFactory.getLogger(DeadLetters.class)).addAppender(log);
    }

    @AfterEach
    void close() {
        ((Logger) LoggerFactory.getLogger(DeadLetters.class)).detachAppender(log);
        driver.close();
    }

    @Test
    void shouldKeepUndecodableBytesAsTheyWere() {
        byte[] bytes = "this is no Avro".getBytes(UTF_8);

        driver.pipe(EVENTS, KEY, bytes, new RecordHeaders());

        TestRecord<byte[], byte[]> letter = only(driver.deadLetters());
        assertThat(letter.key()).isEqualTo(KEY);
        assertThat(letter.value()).isEqualTo(bytes);
        assertThat(reason(letter)).startsWith("UNDECODABLE: WRONG_MAGIC_BYTE");
        assertThat(header(letter, DeadLetter.TOPIC)).isEqualTo(EVENTS);
        assertThat(header(letter, DeadLetter.PARTITION)).isEqualTo("0");
        assertThat(header(letter, DeadLetter.OFFSET)).isEqualTo("0");
        assertCounted("undecodable");
    }

    @Test
    void shouldRefuseEveryKindOfUndecodableValue() {
        byte[] good = agentEvent(new ServerStarted());
        byte[] unknownSchema = good.clone();
        unknownSchema[3] = 77;
        byte[] truncated = Arrays.copyOf(good, good.length - 1);
        byte[] oversized = Arrays.copyOf(good, good.length + 1);
        byte[] missingFields = Arrays.copyOf(good, 6);

        for (byte[] bad :
                List.of(new byte[0], unknownSchema, truncated, oversized, missingFields)) {
            driver.pipe(EVENTS, KEY, bad, new RecordHeaders());
        }

        assertThat(driver.deadLetters())
                .extracting(DeadLetterTest::reason)
                .satisfiesExactly(
                        reason -> assertThat(reason).contains("TOO_SHORT"),
                        reason -> assertThat(reason).contains("UNKNOWN_SCHEMA"),
                        reason -> assertThat(reason).contains("TRUNCATED"),
                        reason -> assertThat(reason).contains("TRAILING_BYTES"),
                        reason -> assertThat(reason).contains("TRUNCATED"));
        assertGoesOn();
    }

    @Test
    void shouldRefuseAnUndecodableConfiguration() {
        driver.pipe(CONFIGS, KEY, new byte[] {1, 2, 3, 4, 5, 6}, new RecordHeaders());

        assertThat(header(only(driver.deadLetters()), DeadLetter.TOPIC)).isEqualTo(CONFIGS);
    }

    @Test
    void shouldNotKeepWhatItCouldDecode() {
        Headers headers = new RecordHeaders().add("traceparent", "00-ab".getBytes(UTF_8));
        headers.add(DeadLetter.REASON, "an older story".getBytes(UTF_8));

        driver.pipe(EVENTS, null, agentEvent(start(7)), headers);

        TestRecord<byte[], byte[]> letter = only(driver.deadLetters());
        assertThat(letter.key()).isNull();
        assertThat(letter.value()).isNull();
        assertThat(reason(letter)).isEqualTo("NO_KEY: a record without a key");
        assertThat(header(letter, "traceparent")).isEqualTo("00-ab");
        assertThat(letter.headers().headers(DeadLetter.REASON)).hasSize(1);
        assertThat(letter.getRecordTime()).isEqualTo(driver.now());
        assertCounted("no-key");
        assertWarnedWithout(Pools.id(7).toString());
    }

    @Test
    void shouldRefuseAKeyThatIsNoServersName() {
        byte[] key = "10.64.0.1 is a client".getBytes(UTF_8);

        driver.pipe(EVENTS, key, agentEvent(start(7)), new RecordHeaders());
        driver.pipe(EVENTS, key, "no Avro".getBytes(UTF_8), new RecordHeaders());

        List<TestRecord<byte[], byte[]>> letters = driver.deadLetters();
        assertThat(letters).extracting(TestRecord::key).containsExactly(null, null);
        assertThat(reason(letters.get(0))).startsWith("BAD_KEY").doesNotContain("10.64");
        assertCounted("bad-key");
        assertWarnedWithout("10.64");
    }

    @Test
    void shouldRefuseAnEventWithoutAValue() {
        driver.pipe(EVENTS, KEY, null, new RecordHeaders());

        assertThat(reason(only(driver.deadLetters()))).startsWith("NO_VALUE");
        assertCounted("no-value");
    }

    @Test
    void shouldRefuseARecordOnAnotherPartitionThanItsKeys() {
        driver.close();
        driver = open(PARTITIONS);
        assertThat(ServerPartition.of(SERVER, PARTITIONS)).isNotZero();

        driver.event(SERVER, EPOCH, start(1));
        driver.config(SERVER, Pools.of(1, 8));

        assertThat(driver.deadLetters())
                .extracting(DeadLetterTest::reason)
                .allSatisfy(
                        reason ->
                                assertThat(reason)
                                        .startsWith("WRONG_PARTITION: partition 0, but the key's"))
                .hasSize(2);
        assertThat(driver.decisions()).isEmpty();
        assertThat(driver.count("exitpool.dead.letters", "reason", "wrong-partition")).isEqualTo(2);
    }

    @Test
    void shouldRefuseTheTickOfAnotherPartitionOrWithAKey() {
        byte[] strange = driver.encode(Topics.SESSION_EVENTS, new SessionEvent(new Tick(3)));
        byte[] own = driver.encode(Topics.SESSION_EVENTS, new SessionEvent(new Tick(0)));

        driver.pipe(EVENTS, null, strange, new RecordHeaders());
        driver.pipe(EVENTS, KEY, own, new RecordHeaders());

        assertThat(driver.deadLetters())
                .extracting(DeadLetterTest::reason)
                .containsExactly(
                        "STRAY_TICK: a Tick of partition 3 on 0", "STRAY_TICK: a Tick with a key");
    }

    @Test
    void shouldRefuseFieldsThatCannotBe() {
        driver.pipe(
                EVENTS,
                KEY,
                driver.encode(
                        Topics.SESSION_EVENTS,
                        new SessionEvent(
                                new io.exitpool.schemas.AgentEvent(
                                        0L, 1L, 0L, new io.exitpool.schemas.ServerStarted()))),
                new RecordHeaders());

        assertThat(reason(only(driver.deadLetters()))).isEqualTo("BAD_VALUE: epoch is not above 0");
        assertCounted("bad-value");
    }

    @Test
    void shouldRefuseAHugeSnapshotPart() {
        SnapshotEntry entry = new SnapshotEntry(Agent.session(Pools.id(1)), null, null);
        SnapshotPart part = new SnapshotPart(1L, 0, 1, Collections.nCopies(60_000, entry));
        byte[] huge =
                driver.encode(
                        Topics.SESSION_EVENTS,
                        new SessionEvent(new io.exitpool.schemas.AgentEvent(EPOCH, 1L, 0L, part)));
        assertThat(huge).hasSizeGreaterThan(1_000_000);

        driver.pipe(EVENTS, KEY, huge, new RecordHeaders());

        TestRecord<byte[], byte[]> letter = only(driver.deadLetters());
        assertThat(reason(letter)).isEqualTo("BAD_VALUE: more than 4096 entries in a part");
        assertThat(letter.value()).isNull();
        assertGoesOn();
    }

    @Test
    void shouldKeepHugeBytesThatAreUndecodable() {
        byte[] huge = new byte[1 << 20];
        Arrays.fill(huge, (byte) 'x');

        driver.pipe(EVENTS, KEY, huge, new RecordHeaders());

        assertThat(only(driver.deadLetters()).value()).hasSize(1 << 20);
    }

    @Test
    void shouldRefuseAnAbsurdEpochAndNotBelieveIt() {
        driver.config(SERVER, Pools.of(1, 8));
        begin(driver, SERVER, EPOCH);
        long absurd = EPOCH + Duration.ofDays(2).toMillis() * 1_000;

        driver.event(SERVER, new AgentEvent(absurd, 1, 0, new ServerStarted()));

        assertThat(reason(only(driver.deadLetters()))).startsWith("REFUSED: epoch");
        assertCounted("refused");
        assertGoesOn();
    }

    @Test
    void shouldRefuseAConfigurationThatIsNotNewer() {
        driver.config(SERVER, Pools.of(5, 8));

        driver.config(SERVER, Pools.of(4, 4));

        assertThat(reason(only(driver.deadLetters())))
                .isEqualTo("REFUSED: version 4 is not above 5, which is in force");
    }

    @Test
    void shouldCountTheRecordsOfAServerThatItDecodedAndRefused() {
        driver.config(SERVER, Pools.of(5, 8));
        long absurd = EPOCH + Duration.ofDays(2).toMillis() * 1_000;

        driver.event(SERVER, new AgentEvent(absurd, 1, 0, new ServerStarted()));
        driver.config(SERVER, Pools.of(4, 4));
        driver.pipe(EVENTS, KEY, null, new RecordHeaders());
        driver.pipe(EVENTS, KEY, "no Avro".getBytes(UTF_8), new RecordHeaders());
        driver.pipe(EVENTS, null, agentEvent(start(7)), new RecordHeaders());
        driver.pass(Duration.ofSeconds(1));

        assertThat(driver.deadLetters()).hasSize(5);
        assertThat(only(driver.statuses()).value().getCounters().getDeadLetters()).isEqualTo(3);
    }

    @Test
    void shouldAnswerOrCountWhatIsMerelyUnexpected() {
        driver.config(SERVER, Pools.of(1, 8));
        begin(driver, SERVER, EPOCH);
        AgentEvent started = new AgentEvent(EPOCH, 10, 0, start(1));
        driver.event(SERVER, started);
        driver.event(SERVER, new AgentEvent(EPOCH, 11, 0, end(1)));
        driver.decisions();

        driver.event(SERVER, started);
        driver.event(SERVER, new AgentEvent(EPOCH, 12, 0, end(99)));
        driver.event(SERVER, new AgentEvent(EPOCH - 1, 1, 0, start(2)));
        driver.pass(Duration.ofSeconds(1));

        assertThat(driver.decisions()).hasSize(1);
        assertThat(driver.deadLetters()).isEmpty();
        assertThat(driver.statuses().get(0).value().getCounters())
                .satisfies(
                        counters -> {
                            assertThat(counters.getDuplicates()).isEqualTo(1);
                            assertThat(counters.getUnknownEnds()).isEqualTo(1);
                            assertThat(counters.getStaleEpochs()).isEqualTo(1);
                            assertThat(counters.getSkewedClocks()).isPositive();
                        });
    }

    private AllocationDriver open(int partitions) {
        return new AllocationDriver(
                stateDir, partitions, Guarantee.AT_LEAST_ONCE, new MockSchemaRegistryClient());
    }

    /** What came before did not stop anybody. */
    private void assertGoesOn() {
        driver.config("fi-hel-wg-201", Pools.of(1, 8));
        begin(driver, "fi-hel-wg-201", EPOCH);
        driver.event("fi-hel-wg-201", EPOCH, start(1_000));
        assertThat(driver.decisions()).hasSize(1);
    }

    private void assertCounted(String reason) {
        assertThat(driver.count("exitpool.dead.letters", "reason", reason)).isEqualTo(1);
    }

    private void assertWarnedWithout(String content) {
        assertThat(log.list)
                .singleElement()
                .satisfies(
                        event ->
                                assertThat(event.getFormattedMessage())
                                        .startsWith(
                                                "Dead letter: exit-session-events-0 at offset 0: ")
                                        .doesNotContain(content));
    }

    private byte[] agentEvent(io.exitpool.core.event.EventBody body) {
        return driver.encode(Topics.SESSION_EVENTS, Agent.says(new AgentEvent(EPOCH, 1, 0, body)));
    }

    private static String reason(TestRecord<byte[], byte[]> letter) {
        return header(letter, DeadLetter.REASON);
    }

    private static String header(TestRecord<byte[], byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), UTF_8);
    }

    private static <T> T only(List<T> all) {
        assertThat(all).hasSize(1);
        return all.get(0);
    }
}
