package io.exitpool.streams.allocation;

import static io.exitpool.streams.allocation.Pools.begin;
import static io.exitpool.streams.allocation.Pools.end;
import static io.exitpool.streams.allocation.Pools.held;
import static io.exitpool.streams.allocation.Pools.id;
import static io.exitpool.streams.allocation.Pools.snapshot;
import static io.exitpool.streams.allocation.Pools.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.exitpool.core.event.ServerStarted;
import io.exitpool.schemas.Choice;
import io.exitpool.schemas.Decision;
import io.exitpool.schemas.Granted;
import io.exitpool.schemas.PoolStatus;
import io.exitpool.schemas.RejectCause;
import io.exitpool.schemas.Rejected;
import io.exitpool.schemas.ReleaseCause;
import io.exitpool.schemas.Released;
import io.exitpool.streams.codec.Agent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AllocationTopologyTest {
    private static final String SERVER = "se-sto-wg-208";
    private static final String OTHER = "de-fra-wg-103";
    private static final long EPOCH = 1_767_225_600_000_000L;

    @TempDir Path stateDir;
    private AllocationDriver driver;

    @BeforeEach
    void open() {
        driver = new AllocationDriver(stateDir);
    }

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void shouldGrantAndReleaseWithTheRecordsTime() {
        driver.config(SERVER, Pools.of(1, 8));
        begin(driver, SERVER, EPOCH);

        driver.event(SERVER, EPOCH, start(1));

        TestRecord<String, Decision> granted = only(driver.decisions());
        assertThat(granted.key()).isEqualTo(SERVER);
        assertThat(granted.getRecordTime()).isEqualTo(driver.now());
        assertThat(granted.headers()).isEmpty();
        assertThat(granted.value().getEpoch()).isEqualTo(EPOCH);
        assertThat(granted.value().getSeq()).isEqualTo(3);
        assertThat(granted.value().getConfigVersion()).isEqualTo(1);
        assertThat(Agent.session(granted.value().getSession())).isEqualTo(id(1));
        Granted grant = (Granted) granted.value().getOutcome();
        assertThat(grant.getSlot()).isBetween(0, 7);
        assertThat(grant.getV4().bytes()).containsExactly((byte) 192, 0, 2, (byte) grant.getSlot());
        assertThat(grant.getV6()).isNull();
        assertThat(grant.getLoadAfter()).isEqualTo(1);

        driver.pass(Duration.ofSeconds(5));
        driver.event(SERVER, EPOCH, end(1));

        TestRecord<String, Decision> released = only(driver.decisions());
        assertThat(released.getRecordTime()).isEqualTo(driver.now());
        Released release = (Released) released.value().getOutcome();
        assertThat(release.getSlot()).isEqualTo(grant.getSlot());
        assertThat(release.getCause()).isEqualTo(ReleaseCause.ENDED);
        assertThat(release.getGrantedAt()).isEqualTo(AllocationDriver.START.getEpochSecond());
        assertThat(driver.deadLetters()).isEmpty();
    }

    @Test
    void shouldRejectUntilSyncedThenAdoptWhatTheServerHolds() {
        driver.config(SERVER, Pools.of(1, 8));
        driver.event(SERVER, EPOCH, new ServerStarted());

        driver.event(SERVER, EPOCH, start(1));

        assertThat(rejection(only(driver.decisions()))).isEqualTo(RejectCause.NOT_SYNCED);

        snapshot(driver, SERVER, EPOCH, held(2, 5));

        Granted adopted = (Granted) only(driver.decisions()).value().getOutcome();
        assertThat(adopted.getSlot()).isEqualTo(5);
        assertThat(adopted.getChoice()).isEqualTo(Choice.ADOPTED);
    }

    @Test
    void shouldRejectAServerThatNobodyConfigured() {
        begin(driver, SERVER, EPOCH);

        driver.event(SERVER, EPOCH, start(1));

        TestRecord<String, Decision> decision = only(driver.decisions());
        assertThat(rejection(decision)).isEqualTo(RejectCause.NO_POOL);
        assertThat(decision.value().getConfigVersion()).isNull();
        assertThat(driver.deadLetters()).isEmpty();
    }

    @Test
    void shouldKeepServersApart() {
        driver.config(SERVER, Pools.of(1, 1));
        driver.config(OTHER, Pools.of(1, 1));
        begin(driver, SERVER, EPOCH);
        begin(driver, OTHER, EPOCH);

        driver.event(SERVER, EPOCH, start(1));
        driver.event(SERVER, EPOCH, start(2));
        driver.event(OTHER, EPOCH, start(3));

        List<TestRecord<String, Decision>> decisions = driver.decisions();
        assertThat(decisions).extracting(TestRecord::key).containsExactly(SERVER, SERVER, OTHER);
        assertThat(decisions.get(0).value().getOutcome()).isInstanceOf(Granted.class);
        assertThat(rejection(decisions.get(1))).isEqualTo(RejectCause.EXHAUSTED);
        assertThat(decisions.get(2).value().getOutcome()).isInstanceOf(Granted.class);
    }

    @Test
    void shouldReportStatusWhenATickIsRead() {
        driver.config(SERVER, Pools.of(4, 8));
        begin(driver, SERVER, EPOCH);
        driver.event(SERVER, EPOCH, start(1));

        assertThat(driver.statuses()).isEmpty();

        driver.pass(Duration.ofSeconds(1));

        TestRecord<String, PoolStatus> status = only(driver.statuses());
        assertThat(status.key()).isEqualTo(SERVER);
        assertThat(status.getRecordTime()).isEqualTo(driver.now());
        assertThat(status.value().getWatermark()).isEqualTo(driver.now().toEpochMilli());
        assertThat(status.value().getConfigVersion()).isEqualTo(4);
        assertThat(status.value().getSynced()).isTrue();
        assertThat(status.value().getSlots()).isEqualTo(8);
        assertThat(status.value().getFree()).isEqualTo(7);
        assertThat(status.value().getInUse()).isEqualTo(1);
        assertThat(status.value().getSessions()).isEqualTo(1);
        assertThat(status.value().getSlotMap().remaining()).isEqualTo(8);
    }

    @Test
    void shouldExpireByTicksButNotWhileTheLogStoodStill() {
        driver.config(SERVER, Pools.of(1, 8));
        begin(driver, SERVER, EPOCH);
        driver.event(SERVER, EPOCH, start(1));
        driver.decisions();

        driver.skip(Duration.ofHours(2));
        driver.pass(Duration.ofSeconds(298));

        assertThat(driver.decisions()).isEmpty();

        driver.pass(Duration.ofSeconds(5));

        Released expired = (Released) only(driver.decisions()).value().getOutcome();
        assertThat(expired.getCause()).isEqualTo(ReleaseCause.EXPIRED);
    }

    @Test
    void shouldTellHowLongAnEventHadWaited() {
        driver.config(SERVER, Pools.of(1, 8));
        begin(driver, SERVER, EPOCH);

        driver.readAfter(Duration.ofMillis(1_250));
        driver.event(SERVER, EPOCH, start(1));

        assertThat(only(driver.decisions()).value().getLagMillis()).isEqualTo(1_250);
    }

    @Test
    void shouldTellNoLagWhenTheClocksAreOutOfStep() {
        driver.config(SERVER, Pools.of(1, 8));
        begin(driver, SERVER, EPOCH);

        driver.readAfter(Duration.ofMillis(-1));
        driver.event(SERVER, EPOCH, start(1));

        assertThat(only(driver.decisions()).value().getLagMillis()).isNull();
    }

    @Test
    void shouldTellNoLagOfWhatTimeDecided() {
        driver.config(SERVER, Pools.of(1, 8));
        begin(driver, SERVER, EPOCH);
        driver.event(SERVER, EPOCH, start(1));
        assertThat(only(driver.decisions()).value().getLagMillis()).isZero();

        driver.pass(Duration.ofSeconds(300));

        Decision expired = only(driver.decisions()).value();
        assertThat(expired.getSeq()).isNull();
        assertThat(expired.getLagMillis()).isNull();
    }

    @Test
    void shouldNumberTheDecisionsOfAServerAndSayInItsStatusHowFarItIs() {
        driver.event(SERVER, EPOCH, start(1));
        assertThat(only(driver.decisions()).value().getNumber()).isNull();

        driver.config(SERVER, Pools.of(1, 8));
        begin(driver, SERVER, EPOCH);
        for (int session = 1; session <= 3; session++) {
            driver.event(SERVER, EPOCH, start(session));
        }
        driver.pass(Duration.ofSeconds(1));

        long first = AllocationDriver.START.toEpochMilli() * 1_000;
        assertThat(driver.decisions())
                .extracting(decision -> decision.value().getNumber())
                .containsExactly(first + 1, first + 2, first + 3);
        assertThat(only(driver.statuses()).value().getDecisions()).isEqualTo(first + 3);
    }

    @Test
    void shouldSayGoodbyeToAServerWithATombstone() {
        driver.config(SERVER, Pools.of(1, 8));
        begin(driver, SERVER, EPOCH);
        driver.event(SERVER, EPOCH, start(1));
        driver.event(SERVER, EPOCH, end(1));
        driver.pass(Duration.ofSeconds(1));
        driver.statuses();

        driver.noConfig(SERVER);
        driver.pass(Duration.ofSeconds(70));

        List<TestRecord<String, PoolStatus>> statuses = driver.statuses();
        assertThat(statuses.get(0).value().getRetiring()).hasSize(1);
        assertThat(statuses.get(statuses.size() - 1).value()).isNull();
        assertThat(driver.gauge("exitpool.pools")).isZero();
        driver.store().forEach((key, row) -> fail("a row is left"));
    }

    @Test
    void shouldCountWhatItDecidedAndHolds() {
        driver.config(SERVER, Pools.of(1, 1));
        begin(driver, SERVER, EPOCH);

        driver.event(SERVER, EPOCH, start(1));
        driver.event(SERVER, EPOCH, start(2));
        driver.pass(Duration.ofSeconds(1));

        assertThat(driver.count("exitpool.decisions", "outcome", "granted", "cause", "regular"))
                .isEqualTo(1);
        assertThat(driver.count("exitpool.decisions", "outcome", "rejected", "cause", "exhausted"))
                .isEqualTo(1);
        assertThat(driver.gauge("exitpool.pools")).isEqualTo(1);
        assertThat(driver.gauge("exitpool.sessions")).isEqualTo(1);
        assertThat(driver.gauge("exitpool.partitions")).isEqualTo(1);
        assertThat(driver.monitor().partitions().get(0).behind()).contains(Duration.ZERO);
    }

    private static RejectCause rejection(TestRecord<String, Decision> decision) {
        return ((Rejected) decision.value().getOutcome()).getCause();
    }

    private static <T> TestRecord<String, T> only(List<TestRecord<String, T>> records) {
        assertThat(records).hasSize(1);
        return records.get(0);
    }
}
