package io.exitpool.streams.insight;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.core.stats.StatsSettings;
import io.exitpool.schemas.Choice;
import io.exitpool.schemas.Decision;
import io.exitpool.schemas.Granted;
import io.exitpool.schemas.Ipv4;
import io.exitpool.schemas.PoolCounters;
import io.exitpool.schemas.PoolStats;
import io.exitpool.schemas.PoolStatus;
import io.exitpool.schemas.RejectCause;
import io.exitpool.schemas.Rejected;
import io.exitpool.schemas.ReleaseCause;
import io.exitpool.schemas.Released;
import io.exitpool.schemas.Rung;
import io.exitpool.schemas.topic.ServerPartition;
import io.exitpool.schemas.topic.Topics;
import io.exitpool.streams.allocation.AllocationDriver;
import io.exitpool.streams.codec.Agent;
import io.exitpool.streams.config.AppConfig.Guarantee;
import io.exitpool.streams.input.DeadLetter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * At least once, because Kafka's test driver loses what a deserialization handler sends within a
 * transaction; a broker does not.
 */
class InsightDeadLetterTest {
    private static final String SERVER = "se-sto-wg-208";
    private static final byte[] KEY = SERVER.getBytes(UTF_8);
    private static final int PARTITIONS = 12;

    @TempDir Path dir;
    private Fleet fleet;
    private InsightDriver insight;

    @BeforeEach
    void open() {
        fleet = new Fleet(dir.resolve("allocation"));
        insight = insight(1);
    }

    @AfterEach
    void close() {
        insight.close();
        fleet.close();
    }

    @Test
    void shouldKeepUndecodableBytesOfBothTopics() {
        // given
        byte[] bytes = "this is no Avro".getBytes(UTF_8);
        // when
        insight.decision(new TestRecord<>(KEY, bytes));
        insight.status(new TestRecord<>(KEY, bytes));
        // then
        List<TestRecord<byte[], byte[]>> letters = insight.deadLetters();
        assertThat(letters)
                .extracting(one -> header(one, DeadLetter.TOPIC))
                .containsExactly(Topics.DECISIONS.name(), Topics.POOL_STATUS.name());
        assertThat(letters)
                .allSatisfy(
                        one -> {
                            assertThat(one.key()).isEqualTo(KEY);
                            assertThat(one.value()).isEqualTo(bytes);
                            assertThat(reason(one)).startsWith("UNDECODABLE: WRONG_MAGIC_BYTE");
                        });
        assertCounted("undecodable", 2);
        assertGoesOn();
    }

    @Test
    void shouldRefuseRecordsThatDoNotSayWhoseTheyAre() {
        for (byte[] key : new byte[][] {null, "10.64.0.1 is a client".getBytes(UTF_8)}) {
            insight.decision(new TestRecord<>(key, bytes(good())));
            insight.status(new TestRecord<>(key, insight.encode(Topics.POOL_STATUS, status())));
            insight.status(new TestRecord<>(key, (byte[]) null));
        }

        List<TestRecord<byte[], byte[]>> letters = insight.deadLetters();
        assertThat(letters)
                .extracting(one -> reason(one).split(":")[0])
                .containsExactly("NO_KEY", "NO_KEY", "NO_KEY", "BAD_KEY", "BAD_KEY", "BAD_KEY");
        assertThat(letters)
                .allSatisfy(
                        one -> {
                            assertThat(one.key()).isNull();
                            assertThat(one.value()).as("it was decoded").isNull();
                            assertThat(reason(one)).doesNotContain("10.64");
                        });
        assertCounted("no-key", 3);
        assertCounted("bad-key", 3);
        assertGoesOn();
    }

    @Test
    void shouldRefuseARecordOnAnotherPartitionThanItsKeys() {
        // given
        insight.close();
        insight = insight(PARTITIONS);
        assertThat(ServerPartition.of(SERVER, PARTITIONS)).isNotZero();
        // when
        insight.decision(new TestRecord<>(KEY, bytes(good())));
        insight.status(new TestRecord<>(KEY, insight.encode(Topics.POOL_STATUS, status())));
        // then
        assertThat(insight.deadLetters())
                .hasSize(2)
                .allSatisfy(
                        one ->
                                assertThat(reason(one))
                                        .startsWith("WRONG_PARTITION: partition 0, but the key's"));
        assertCounted("wrong-partition", 2);
        assertThat(insight.written(InsightDriver.STATISTICS_ROWS)).isEmpty();
        assertThat(insight.written(InsightDriver.SIGNALS)).isEmpty();
    }

    @Test
    void shouldRefuseADecisionWithoutAValue() {
        insight.decision(new TestRecord<>(KEY, null));

        assertThat(reason(only(insight.deadLetters())))
                .isEqualTo("NO_VALUE: a decision without a value");
        assertCounted("no-value", 1);
        assertGoesOn();
    }

    /** A tombstone is none: the server may be gone before anybody heard of it. */
    @Test
    void shouldTakeAStatusWithoutAValueForATombstone() {
        insight.status(new TestRecord<>(KEY, null));

        assertThat(insight.deadLetters()).isEmpty();
        assertThat(insight.written(InsightDriver.SIGNALS)).isEmpty();
        assertGoesOn();
    }

    /** A later version's word is read as UNKNOWN, as the schema says. */
    @Test
    void shouldRefuseWordsThatItDoesNotKnow() {
        Granted granted = granted();
        List<Object> outcomes =
                List.of(
                        Granted.newBuilder(granted).setChoice(Choice.UNKNOWN).build(),
                        Granted.newBuilder(granted).setRung(Rung.UNKNOWN).build(),
                        Granted.newBuilder(granted).setV4(null).build(),
                        new Rejected(RejectCause.UNKNOWN, 1_000L, 0),
                        new Released(1, ReleaseCause.UNKNOWN, 0L, 0));
        for (Object outcome : outcomes) {
            insight.decision(new TestRecord<>(KEY, bytes(decision(outcome))));
        }

        assertThat(insight.deadLetters())
                .hasSize(outcomes.size())
                .allSatisfy(one -> assertThat(reason(one)).startsWith("BAD_VALUE"));
        assertCounted("bad-value", outcomes.size());
        assertGoesOn();
    }

    @Test
    void shouldRefuseAStatusWhoseFieldsCannotBe() {
        List<Consumer<PoolStatus>> wrongs =
                List.of(
                        status -> status.setTargetBlocking(0),
                        status -> status.setTargetBlocking(1),
                        status -> status.setTargetBlocking(Double.NaN),
                        status -> status.setSlots(-1),
                        status -> status.setCap(0),
                        status -> status.setSetAside(9),
                        status -> status.setResting(-1),
                        status -> status.setMinRestMillis(-1),
                        status -> status.setLoads(List.of(-1)));
        for (Consumer<PoolStatus> wrong : wrongs) {
            PoolStatus status = status();
            wrong.accept(status);
            insight.status(SERVER, status, fleet.now());
        }

        assertThat(insight.deadLetters())
                .hasSize(wrongs.size())
                .allSatisfy(one -> assertThat(reason(one)).startsWith("BAD_VALUE"));
        assertCounted("bad-value", wrongs.size());
        assertGoesOn();
    }

    /** A server that nobody configured is told so without a number, and has no statistics. */
    @Test
    void shouldPassOverDecisionsOfServersWithoutAPool() {
        insight.decision(
                new TestRecord<>(
                        KEY,
                        bytes(
                                Decision.newBuilder(
                                                decision(
                                                        new Rejected(
                                                                RejectCause.NO_POOL, 1_000L, 0)))
                                        .setNumber(null)
                                        .build())));

        assertThat(insight.deadLetters()).isEmpty();
        assertThat(insight.written(InsightDriver.STATISTICS_ROWS)).isEmpty();
        assertGoesOn();
    }

    private InsightDriver insight(int partitions) {
        return new InsightDriver(
                dir.resolve("insight-of-" + partitions),
                fleet.registry,
                partitions,
                Guarantee.AT_LEAST_ONCE,
                StatsSettings.DEFAULT);
    }

    /** What came before did not stop anybody. */
    private void assertGoesOn() {
        fleet.add(SERVER, Fleet.pool(1, 8, Duration.ofSeconds(10)));
        fleet.pass(Duration.ofSeconds(60));
        fleet.start(SERVER, Fleet.id(1));
        fleet.pass(Duration.ofSeconds(121));
        insight.hear(fleet.allocation);
        List<TestRecord<String, PoolStats>> minutes = insight.minutes();
        assertThat(minutes).hasSize(3);
        assertThat(minutes.get(1).value().getStarts()).isEqualTo(1);
        assertThat(insight.fleetMinutes()).isNotEmpty();
        assertThat(insight.deadLetters()).isEmpty();
    }

    private void assertCounted(String reason, int times) {
        assertThat(insight.count("exitpool.dead.letters", "reason", reason)).isEqualTo(times);
    }

    private byte[] bytes(Decision decision) {
        return insight.encode(Topics.DECISIONS, decision);
    }

    private static Decision good() {
        return decision(granted());
    }

    private static Granted granted() {
        return new Granted(
                1,
                new Ipv4(new byte[] {(byte) 192, 0, 2, 1}),
                null,
                Choice.PLACED,
                Rung.REGULAR,
                null,
                1,
                0,
                false);
    }

    private static Decision decision(Object outcome) {
        return Decision.newBuilder()
                .setSession(Agent.session(Fleet.id(7)))
                .setNumber(1L)
                .setEpoch(1L)
                .setSeq(1L)
                .setConfigVersion(1L)
                .setLagMillis(null)
                .setOutcome(outcome)
                .build();
    }

    /** Of eight slots that nobody uses. */
    private static PoolStatus status() {
        return PoolStatus.newBuilder()
                .setWatermark(AllocationDriver.START.toEpochMilli())
                .setDecisions(0)
                .setEpoch(1L)
                .setConfigVersion(1L)
                .setSynced(true)
                .setLastSnapshotAt(null)
                .setSilentMillis(0)
                .setFailed(null)
                .setSlots(8)
                .setFree(8)
                .setResting(0)
                .setInUse(0)
                .setSetAside(0)
                .setSessions(0)
                .setLoads(List.of())
                .setCap(1)
                .setMinRestMillis(0)
                .setTargetBlocking(0.001)
                .setDraining(false)
                .setRetiring(List.of())
                .setSlotMap(null)
                .setCounters(new PoolCounters(0L, 0L, 0L, 0L, 0L, 0L, 0L))
                .build();
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
