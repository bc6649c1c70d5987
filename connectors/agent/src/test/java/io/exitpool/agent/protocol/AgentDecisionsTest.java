package io.exitpool.agent.protocol;

import static io.exitpool.agent.protocol.Desk.peer;
import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.agent.protocol.Desk.Named;
import io.exitpool.schemas.Choice;
import io.exitpool.schemas.RejectCause;
import io.exitpool.schemas.Rejected;
import io.exitpool.schemas.ReleaseCause;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an agent does with each decision. */
class AgentDecisionsTest {
    private static final Named A = peer("a");
    private static final Named B = peer("b");

    @ParameterizedTest
    @EnumSource(
            value = RejectCause.class,
            names = {"NOT_SYNCED"},
            mode = EnumSource.Mode.EXCLUDE)
    void shouldTryAgainAfterTheTimeThatTheRejectionNames(RejectCause cause) {
        Desk desk = new Desk().started();
        desk.up(A);
        desk.reject("s1", cause, 12_000);
        desk.done();

        desk.tick(11_999);
        assertThat(desk.done()).isEmpty();
        desk.tick(1);
        assertThat(desk.done()).containsExactly("4 start s1 attempt 1");
        desk.reject("s1", cause, 0);
        desk.tick(999);
        assertThat(desk.done()).isEmpty();
        desk.tick(1);
        assertThat(desk.done()).containsExactly("5 start s1 attempt 2");
        assertThat(desk.agent.counters().rejections()).isEqualTo(Map.of(cause, 2L));
    }

    @Test
    void shouldAnswerNotSyncedWithASnapshotAndThenStartAgain() {
        Desk desk = new Desk().started();
        desk.up(A);
        desk.up(B);
        desk.done();
        desk.reject("s1", 3, RejectCause.NOT_SYNCED, 0);
        desk.reject("s2", 4, RejectCause.NOT_SYNCED, 0);

        desk.tick(0);

        assertThat(desk.done())
                .containsExactly("5 snapshot 2 []", "6 start s1 attempt 1", "7 start s2 attempt 1");
    }

    @Test
    void shouldNotAnswerEachOfManyNotSyncedWithASnapshotOfItsOwn() {
        Desk desk = new Desk().started();
        desk.up(A);
        desk.reject("s1", RejectCause.NOT_SYNCED, 0);
        desk.tick(0);
        desk.done();
        desk.reject("s1", RejectCause.NOT_SYNCED, 0);

        desk.tick(999);
        assertThat(desk.done()).isEmpty();
        desk.tick(1);
        assertThat(desk.done()).containsExactly("6 snapshot 3 []", "7 start s1 attempt 2");
    }

    @Test
    void shouldLetASnapshotSpeakForASessionThatHoldsASlotInAPoolOutOfSync() {
        Desk desk = new Desk().start(Map.of(A, 7));
        desk.done();
        desk.reject("s1", RejectCause.NOT_SYNCED, 0);

        desk.tick(0);

        assertThat(desk.done()).containsExactly("3 snapshot 2 [s1 held 7]");
    }

    @ParameterizedTest
    @EnumSource(
            value = RejectCause.class,
            names = {"NO_POOL", "POOL_FAILED", "STALE_EPOCH"})
    void shouldKeepTheAddressOfALiveTunnelWhenThePoolIsNotWell(RejectCause cause) {
        Desk desk = new Desk().start(Map.of(A, 7));
        desk.done();

        desk.reject("s1", cause, 40_000);
        assertThat(desk.done()).isEmpty();
        desk.tick(30_000);
        assertThat(desk.done()).containsExactly("3 snapshot 2 [s1 held 7]");
        desk.decide("s1", Desk.EPOCH, 3L, Desk.granted(7, Choice.ADOPTED, false));
        assertThat(desk.done()).containsExactly("map a to 7");
    }

    @ParameterizedTest
    @EnumSource(
            value = RejectCause.class,
            names = {"EXHAUSTED", "DRAINING", "UNKNOWN"})
    void shouldGiveUpAnAddressThatAWorkingPoolDoesNotLeaveToTheSession(RejectCause cause) {
        Desk desk = new Desk().start(Map.of(A, 7));
        desk.done();

        desk.reject("s1", cause, 40_000);
        assertThat(desk.done()).containsExactly("unmap a");
        desk.tick(30_000);
        assertThat(desk.done()).containsExactly("3 snapshot 2 []");
        desk.tick(10_000);
        assertThat(desk.done()).containsExactly("4 start s1 attempt 1");
    }

    @Test
    void shouldMoveATunnelWhoseSlotBecameAnothers() {
        Desk desk = new Desk().start(Map.of(A, 7));
        desk.grant("s1", 8);
        desk.tick(30_000);

        assertThat(desk.done()).endsWith("map a to 8", "3 snapshot 2 [s1 held 8]");
    }

    @ParameterizedTest
    @EnumSource(
            value = ReleaseCause.class,
            names = {"EXPIRED", "RESET"})
    void shouldAnnounceASessionAtOnceThatThePoolHasLost(ReleaseCause cause) {
        Desk desk = new Desk().started().admitted(A, 5).admitted(B, 6);
        desk.release("s1", 5, cause);
        desk.release("s2", 6, cause);

        desk.tick(0);

        assertThat(desk.done()).containsExactly("5 snapshot 2 [s1 held 5, s2 held 6]");
        assertThat(desk.map).isEqualTo(Map.of("a", 5, "b", 6));
        desk.decide("s1", Desk.EPOCH, 5L, Desk.granted(5, Choice.ADOPTED, false));
        desk.decide("s2", Desk.EPOCH, 5L, Desk.granted(6, Choice.ADOPTED, false));
        desk.tick(29_999);
        assertThat(desk.done()).containsExactly("map a to 5", "map b to 6");
        assertThat(desk.agent.unanswered()).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = ReleaseCause.class,
            names = {"VANISHED", "PASSED_ON", "UNKNOWN"})
    void shouldStartASessionAgainWithItsSlotWhenItsLeaseIsGone(ReleaseCause cause) {
        Desk desk = new Desk(AgentSettings.DEFAULT, (p, slots, now) -> OptionalInt.of(9));
        desk.started().admitted(A, 5);

        desk.release("s1", 3L, 5, cause);

        assertThat(desk.done()).containsExactly("4 start s1 attempt 1 held 5");
    }

    @Test
    void shouldWaitForTheAnswerToALaterSnapshotWhenASessionVanished() {
        Desk desk = new Desk().started().admitted(A, 5);
        desk.tick(30_000);
        desk.done();

        desk.release("s1", 3L, 5, ReleaseCause.VANISHED);
        assertThat(desk.done()).isEmpty();
        desk.tick(5_000);
        assertThat(desk.done()).containsExactly("5 start s1 attempt 1 held 5");
    }

    @Test
    void shouldBeginAnewWithoutTheSlotThatAnOperatorReleased() {
        Desk desk = new Desk(AgentSettings.DEFAULT, (p, slots, now) -> OptionalInt.of(5));
        desk.started().admitted(A, 5);

        desk.release("s1", 5, ReleaseCause.OPERATOR);

        assertThat(desk.done()).containsExactly("unmap a", "4 start s2");
        assertThat(desk.agent.counters().starts()).isEqualTo(2);
    }

    @Test
    void shouldGiveBackASlotThatWasAdoptedForASessionWhichAnOperatorReleased() {
        Desk desk = new Desk().started().admitted(A, 5);
        desk.tick(30_000);
        desk.release("s1", 5, ReleaseCause.OPERATOR);
        desk.done();

        // The snapshot was on its way when the operator's order was executed.
        desk.decide("s1", Desk.EPOCH, 4L, Desk.granted(5, Choice.ADOPTED, false));

        assertThat(desk.done()).containsExactly("6 end s1 CANCELLED");
        assertThat(desk.agent.counters().strayGrants()).isEqualTo(1);
        desk.decide("s1", Desk.EPOCH, 4L, Desk.granted(5, Choice.ADOPTED, false));
        assertThat(desk.done()).isEmpty();
    }

    @Test
    void shouldNotTouchWhatAnEarlierLifeWasGranted() {
        Desk desk = new Desk().started();

        desk.decide("s9", Desk.EPOCH - 1, 3L, Desk.granted(5, Choice.PLACED, false));
        desk.decide("s9", null, 3L, new Rejected(RejectCause.NO_POOL, 1_000L, 0));
        desk.release("s9", 5, ReleaseCause.RESET);
        desk.tick(1_000);

        assertThat(desk.done()).isEmpty();
    }

    @Test
    void shouldLeaveARejectionAloneThatALaterEventHasOvertaken() {
        Desk desk = new Desk().started();
        desk.tick(29_990);
        desk.up(A);
        desk.tick(10);
        desk.done();

        desk.reject("s1", 3, RejectCause.EXHAUSTED, 1_000);
        desk.tick(4_000);
        assertThat(desk.done()).isEmpty();
        assertThat(desk.agent.counters().overtaken()).isEqualTo(1);
        // The snapshot named it too, and it is still the allocator's turn.
        desk.down(A);
        assertThat(desk.done()).containsExactly("5 end s1 SILENT");
    }

    @Test
    void shouldTakeAGrantThatCrossesItsOwnRetry() {
        Desk desk = new Desk().started();
        desk.up(A);
        desk.tick(5_000);
        desk.decide("s1", Desk.EPOCH, 3L, Desk.granted(5, Choice.PLACED, false));
        desk.decide("s1", Desk.EPOCH, 4L, Desk.granted(5, Choice.PLACED, true));
        desk.tick(20_000);

        assertThat(desk.done())
                .containsExactly("3 start s1", "4 start s1 attempt 1", "map a to 5", "map a to 5");
    }

    @Test
    void shouldStopWhenALaterLifeOfItsServerSpeaks() {
        Desk desk = new Desk().started().admitted(A, 5);

        desk.decide("s1", Desk.EPOCH + 1, 3L, new Rejected(RejectCause.STALE_EPOCH, 0L, 0));

        assertThat(desk.agent.supersededBy()).hasValue(Desk.EPOCH + 1);
        desk.up(B);
        desk.down(A);
        desk.tick(60_000);
        desk.grant("s1", 6);
        assertThat(desk.done()).isEmpty();
        assertThat(desk.map).isEqualTo(Map.of("a", 5));
    }

    @Test
    void shouldNotStopForItsOwnEpochOrAnEarlierOne() {
        Desk desk = new Desk().started();
        desk.up(A);

        desk.decide("s1", Desk.EPOCH - 1, 3L, new Rejected(RejectCause.STALE_EPOCH, 0L, 0));

        assertThat(desk.agent.supersededBy()).isEmpty();
        desk.tick(1_000);
        assertThat(desk.done()).containsExactly("3 start s1", "4 start s1 attempt 1");
    }

    /** Everything is lost but the agents: each session keeps its slot. */
    @Test
    void shouldRebuildAWipedPoolFromWhatItHolds() {
        Map<Peer, Integer> held = new LinkedHashMap<>();
        held.put(A, 1);
        Desk desk = new Desk().start(held);
        desk.grant("s1", 1);
        desk.admitted(B, 2);
        desk.up(peer("c"));
        desk.done();

        desk.reject("s3", RejectCause.NOT_SYNCED, 0);
        desk.tick(0);

        assertThat(desk.done())
                .containsExactly("5 snapshot 2 [s1 held 1, s2 held 2]", "6 start s3 attempt 1");
    }
}
