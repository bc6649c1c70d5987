package io.exitpool.operator.audit;

import static io.exitpool.operator.audit.Script.STO;
import static io.exitpool.operator.audit.Script.granted;
import static io.exitpool.operator.audit.Script.placed;
import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.schemas.Choice;
import io.exitpool.schemas.Granted;
import io.exitpool.schemas.Ladder;
import io.exitpool.schemas.PoolConfig;
import io.exitpool.schemas.ReleaseCause;
import io.exitpool.schemas.Rung;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each kind of violation, planted into a clean history: exactly it is found, where it stands. */
class PlantedViolationTest {
    private Script script;

    @BeforeEach
    void begin() {
        script = Script.begun();
    }

    @Test
    void shouldFindNothingInAScriptThatKeepsAllPromises() {
        script.at(2).grant(STO, 1, 0);
        script.at(3).grant(STO, 2, granted(STO, 1, Choice.WANTED, Rung.REGULAR, null, 1));
        script.at(10).end(STO, 1, 0);
        script.at(30).snapshot(STO, Records.entry(2, 1));
        script.at(70).grant(STO, 3, placed(STO, 0, Rung.REGULAR, 60_000L, 1));
        script.at(120);
        script.assertClean();
    }

    @Test
    void shouldCatchASlotOverItsCap() {
        script.at(2).grant(STO, 1, 0);
        script.at(3).grant(STO, 2, placed(STO, 0, Rung.REGULAR, null, 2));
        script.assertOnly(ViolationKind.OVER_CAP, STO, 1);
    }

    @Test
    void shouldCatchASharedSlotOverItsCapMax() {
        shareUpTo(2);
        script.at(3).grant(STO, 1, 0);
        script.at(4).grant(STO, 2, placed(STO, 0, Rung.SHARED, null, 2));
        script.at(5).grant(STO, 3, placed(STO, 0, Rung.SHARED, null, 3));
        script.assertOnly(ViolationKind.OVER_CAP, STO, 2);
    }

    @Test
    void shouldCatchASecondGrantOfTheSameLease() {
        script.at(2).grant(STO, 1, 0);
        script.at(3).grant(STO, 1, placed(STO, 0, Rung.REGULAR, null, 1));
        script.assertOnly(ViolationKind.GRANTED_TWICE, STO, 1);
    }

    @Test
    void shouldCatchASecondSlotForASession() {
        script.at(2).grant(STO, 1, 0);
        script.at(3).grant(STO, 1, placed(STO, 1, Rung.REGULAR, null, 1));
        script.at(10).end(STO, 1, 1);
        script.at(60);
        script.assertOnly(ViolationKind.GRANTED_TWICE, STO, 1);
    }

    @Test
    void shouldCatchASlotThatTheConfigurationDoesNotHave() {
        script.at(2).grant(STO, 1, 4);
        script.assertOnly(ViolationKind.SLOT_OUTSIDE_CONFIG, STO, 0);
    }

    @Test
    void shouldCatchOtherAddressesThanTheConfigurations() {
        script.at(2)
                .grant(
                        STO,
                        1,
                        Granted.newBuilder(placed(STO, 0, Rung.REGULAR, null, 1))
                                .setV6(Records.v6(99))
                                .build());
        script.assertOnly(ViolationKind.SLOT_OUTSIDE_CONFIG, STO, 0);
    }

    @Test
    void shouldCatchASlotThatIsSetAside() {
        PoolConfig config = Records.config(2, 4, 10);
        config.setSetAside(List.of(Records.setAside(2)));
        script.config(STO, config);
        script.at(2).grant(STO, 1, 2);
        script.assertOnly(ViolationKind.SLOT_SET_ASIDE, STO, 0);
    }

    @Test
    void shouldCatchASlotThatStillRests() {
        usedUntil(10);
        script.at(69.999).grant(STO, 2, placed(STO, 0, Rung.REGULAR, 59_999L, 1));
        script.assertOnly(ViolationKind.STILL_RESTING, STO, 2);
    }

    @Test
    void shouldCatchARungThatTheConfigurationDoesNotHave() {
        usedUntil(10);
        script.at(20).grant(STO, 2, placed(STO, 0, Rung.REST_SHORTENED, 10_000L, 1));
        script.at(21).end(STO, 2, 0);
        script.at(31).grant(STO, 3, placed(STO, 0, Rung.REST_CAPPED, 10_000L, 1));
        assertThat(script.logs.audit().violations().keySet())
                .containsExactly(ViolationKind.STILL_RESTING);
        assertThat(script.logs.audit().violationCount()).isEqualTo(2);
    }

    @Test
    void shouldCatchARestShortenedBelowItsFloor() {
        shortenTo(5_000);
        usedUntil(10);
        script.at(14.999).grant(STO, 2, placed(STO, 0, Rung.REST_SHORTENED, 4_999L, 1));
        script.assertOnly(ViolationKind.STILL_RESTING, STO, 2);
    }

    @Test
    void shouldCatchARestShortenedAfterAReleaseThatNobodyReported() {
        shortenTo(5_000);
        script.at(3).grant(STO, 1, 0);
        long seq = script.at(10).snapshot(STO);
        script.release(STO, 1, seq, 0, ReleaseCause.VANISHED, 0);
        script.at(20).grant(STO, 2, placed(STO, 0, Rung.REST_SHORTENED, 10_000L, 1));
        script.assertOnly(ViolationKind.STILL_RESTING, STO, 2);
    }

    @Test
    void shouldCatchAReleaseWithoutALease() {
        usedUntil(10);
        script.at(11).end(STO, 1, 0);
        script.assertOnly(ViolationKind.RELEASE_WITHOUT_LEASE, STO, 2);
    }

    @Test
    void shouldCatchAReleaseOfAnotherSlotThanTheSessions() {
        script.at(2).grant(STO, 1, 0);
        long seq = script.at(10).event(STO, Records.end(1));
        script.release(STO, 1, seq, 1, ReleaseCause.ENDED, 0);
        script.assertOnly(ViolationKind.RELEASE_WITHOUT_LEASE, STO, 1);
    }

    @Test
    void shouldCatchAStartThatLaterDecisionsPassedOver() {
        script.at(2).event(STO, Records.start(1, null, null, 0));
        script.at(3).grant(STO, 2, 0);
        script.assertOnlyEvent(ViolationKind.START_WITHOUT_DECISION);
    }

    @Test
    void shouldCatchAStartThatNothingFollowed() {
        script.at(2).event(STO, Records.start(1, null, null, 0));
        script.at(31.5);
        assertThat(script.logs.audit().pending()).isEqualTo(Map.of(Pending.STARTS, 1L));
        script.assertClean();
        script.at(33);
        script.assertOnlyEvent(ViolationKind.START_WITHOUT_DECISION);
    }

    @Test
    void shouldCatchASessionOfASnapshotThatIsNeitherGrantedNorRejected() {
        script.at(2).grant(STO, 1, 0);
        script.at(30).snapshot(STO, Records.entry(1, 0), Records.entry(2, null));
        script.at(31).grant(STO, 3, 1);
        script.assertOnlyEvent(ViolationKind.START_WITHOUT_DECISION);
    }

    @Test
    void shouldCatchALeaseThatOutlivesItsEnd() {
        script.at(2).grant(STO, 1, 0);
        script.at(10).event(STO, Records.end(1));
        script.at(11).grant(STO, 2, 1);
        script.assertOnlyEvent(ViolationKind.OUTLIVED_LEASE);
    }

    @Test
    void shouldCatchALeaseThatASnapshotDoesNotName() {
        script.at(2).grant(STO, 1, 0);
        script.at(30).snapshot(STO);
        script.at(59.5);
        assertThat(script.logs.audit().pending()).isEqualTo(Map.of(Pending.RELEASES, 1L));
        script.assertClean();
        script.at(61);
        script.assertOnlyEvent(ViolationKind.OUTLIVED_LEASE);
    }

    @Test
    void shouldCatchLeasesOfASilentServer() {
        script.at(2).grant(STO, 1, 0);
        script.at(150);
        script.assertClean();
        script.at(160);
        script.assertOnly(ViolationKind.OUTLIVED_LEASE, STO, 0);
        // Found when the server speaks again, too, as if it had never been silent.
        script.snapshot(STO, Records.entry(1, 0));
        script.at(161).grant(STO, 2, 1);
        script.assertOnlyEvent(ViolationKind.OUTLIVED_LEASE);
    }

    private void usedUntil(double seconds) {
        script.at(2.5).grant(STO, 1, 0);
        script.at(seconds).end(STO, 1, 0);
    }

    private void shareUpTo(int capMax) {
        PoolConfig config = Records.config(2, 4, 10);
        config.setLadder(new Ladder(null, capMax));
        script.config(STO, config);
    }

    private void shortenTo(long floor) {
        PoolConfig config = Records.config(2, 4, 10);
        config.setLadder(new Ladder(floor, null));
        script.config(STO, config);
    }
}
