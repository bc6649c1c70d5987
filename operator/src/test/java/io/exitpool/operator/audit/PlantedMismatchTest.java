package io.exitpool.operator.audit;

import static io.exitpool.operator.audit.Script.LAX;
import static io.exitpool.operator.audit.Script.STO;
import static io.exitpool.operator.audit.Script.adopted;
import static io.exitpool.operator.audit.Script.placed;
import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.schemas.Choice;
import io.exitpool.schemas.Decision;
import io.exitpool.schemas.PoolConfig;
import io.exitpool.schemas.RejectCause;
import io.exitpool.schemas.ReleaseCause;
import io.exitpool.schemas.ReleaseSlot;
import io.exitpool.schemas.Rung;
import io.exitpool.schemas.topic.ServerPartition;
import io.exitpool.schemas.topic.Topics;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The same for decisions that do not fit events, configurations or one another. */
class PlantedMismatchTest {
    private Script script;

    @BeforeEach
    void begin() {
        script = Script.begun();
    }

    @Test
    void shouldCatchAnAddressOnTwoServers() {
        PoolConfig config = Records.config(2, 4, 40);
        config.setSlots(List.of(Records.range(0, 4, 40), Records.range(4, 1, 10)));
        script.config(LAX, config);
        script.at(2).grant(STO, 1, 0);
        script.at(3).grant(LAX, 2, Records.granted(4, 10, Choice.PLACED, Rung.REGULAR, null, 1));
        script.at(4);
        script.assertOnly(ViolationKind.ADDRESS_ON_TWO_SERVERS, LAX, 0);
    }

    @Test
    void shouldCatchDecisionsOutOfOrder() {
        script.at(2).grant(STO, 1, 0);
        script.at(3).grant(STO, 2, 1);
        script.at(40);
        script.logs.swapDecisions(0, 0, 1);
        // Their numbers are exchanged with them.
        AuditReport report = script.logs.audit();
        assertThat(report.violations())
                .containsOnlyKeys(
                        ViolationKind.DECISION_OUT_OF_ORDER, ViolationKind.DECISION_NUMBER);
        assertThat(report.violations().values())
                .allSatisfy(
                        found ->
                                assertThat(found.first())
                                        .extracting(violation -> violation.at().offset())
                                        .containsExactly(1L));
    }

    @Test
    void shouldCatchADecisionThatWasLostThoughNoEventMissesIt() {
        script.at(2).grant(STO, 1, 0);
        script.shiftNumbers(STO, 1);
        script.at(3).grant(STO, 2, 1);
        script.at(4).grant(STO, 3, 2);
        script.assertOnly(ViolationKind.DECISION_NUMBER, STO, 1);
    }

    @Test
    void shouldCatchANumberThatWasGivenBefore() {
        script.at(2).grant(STO, 1, 0);
        script.shiftNumbers(STO, -1);
        script.at(3).grant(STO, 2, 1);
        script.at(4).grant(STO, 3, 2);
        script.assertOnly(ViolationKind.DECISION_NUMBER, STO, 1);
    }

    @Test
    void shouldCatchADecisionWithoutANumber() {
        script.at(2).grant(STO, 1, 0);
        script.at(3).grant(STO, 2, 1);
        List<Logs.Rec> log = script.logs.decisions(0);
        Decision second = Decision.newBuilder(log.get(1).decision()).setNumber(null).build();
        log.set(1, log.get(1).with(second));
        script.assertOnly(ViolationKind.DECISION_NUMBER, STO, 1);
    }

    @Test
    void shouldTakeOnlyAJumpToTheTimeOfTheDecisionBeforeForANewBeginning() {
        script.at(10).grant(STO, 1, 0);
        script.shiftNumbers(STO, 9_000_000);
        script.at(20).grant(STO, 2, 1);
        script.assertClean();
        script = Script.begun();
        script.at(10).grant(STO, 1, 0);
        script.shiftNumbers(STO, 8_999_000);
        script.at(20).grant(STO, 2, 1);
        script.assertOnly(ViolationKind.DECISION_NUMBER, STO, 1);
    }

    @Test
    void shouldCatchADecisionAtAnotherTimeThanItsEvents() {
        script.at(2).grant(STO, 1, 0);
        script.at(20);
        List<Logs.Rec> log = script.logs.decisions(0);
        log.set(0, log.get(0).at(log.get(0).at().timestamp() + 6_000));
        script.assertOnly(ViolationKind.DECISION_AT_WRONG_TIME, STO, 0);
    }

    @Test
    void shouldCatchADecisionThatNoEventAskedFor() {
        script.at(2).decide(STO, 1, 77L, Records.rejected(RejectCause.DRAINING, 0));
        script.at(20);
        assertThat(script.logs.audit().violations())
                .containsOnlyKeys(
                        ViolationKind.DECISION_WITHOUT_EVENT, ViolationKind.UNFOUNDED_REJECTION);
        script = Script.begun();
        script.at(2).decide(STO, 1, null, placed(STO, 0, Rung.REGULAR, null, 1));
        script.at(20);
        script.assertOnly(ViolationKind.DECISION_WITHOUT_EVENT, STO, 0);
    }

    @Test
    void shouldCatchAGhostThatAnOldStartAwoke() {
        script.at(2).grant(STO, 1, 0);
        long old = script.seq(STO);
        script.at(10).end(STO, 1, 0);
        script.at(11).event(STO, script.epoch(STO), old, Records.start(1, null, null, 0));
        script.decide(STO, 1, old, placed(STO, 1, Rung.REGULAR, null, 1));
        script.at(40);
        script.assertOnly(ViolationKind.DECISION_WITHOUT_EVENT, STO, 2);
    }

    @Test
    void shouldCatchAStartOfAPastEpochThatIsAdmitted() {
        long past = script.epoch(STO);
        script.at(2).begin(STO);
        script.at(3).grant(STO, 1, 0);
        script.at(4).event(STO, past, 50, Records.start(2, null, null, 0));
        script.decide(STO, 2, 50L, placed(STO, 1, Rung.REGULAR, null, 1));
        script.assertOnly(ViolationKind.STALE_EPOCH_ADMITTED, STO, 1);
    }

    @Test
    void shouldCatchAGrantBeforeTheFirstSnapshot() {
        script.at(2).restart(STO);
        script.grant(STO, 1, 0);
        script.assertOnly(ViolationKind.GRANT_WHILE_NOT_SYNCED, STO, 0);
    }

    @Test
    void shouldCatchAGrantOnADrainingServer() {
        PoolConfig config = Records.config(2, 4, 10);
        config.setDraining(true);
        script.config(STO, config);
        script.at(2).grant(STO, 1, 0);
        script.assertOnly(ViolationKind.GRANT_WHILE_DRAINING, STO, 0);
    }

    @Test
    void shouldCatchAnAdoptionOfASlotThatWasNotHeld() {
        long seq = script.at(2).event(STO, Records.start(1, 3, null, 0));
        script.decide(STO, 1, seq, adopted(STO, 0, 1));
        script.assertOnly(ViolationKind.CHOICE_NOT_ASKED, STO, 0);
    }

    @Test
    void shouldCatchAReleaseThatASnapshotContradicts() {
        script.at(2).grant(STO, 1, 0);
        long seq = script.at(30).snapshot(STO, Records.entry(1, 0));
        script.release(STO, 1, seq, 0, ReleaseCause.VANISHED, 0);
        script.assertOnly(ViolationKind.UNFOUNDED_RELEASE, STO, 1);
    }

    @Test
    void shouldCatchAnExpiryThatIsTooEarly() {
        script.at(2).grant(STO, 1, 0);
        script.at(60).release(STO, 1, null, 0, ReleaseCause.EXPIRED, 0);
        script.assertOnly(ViolationKind.UNFOUNDED_RELEASE, STO, 1);
    }

    @Test
    void shouldCatchAReleaseThatNoOperatorOrdered() {
        script.at(2).grant(STO, 1, 0);
        script.at(10).release(STO, 1, null, 0, ReleaseCause.OPERATOR, 0);
        PoolConfig config = Records.config(2, 4, 10);
        config.setOrder(new ReleaseSlot(3));
        script.config(STO, config);
        script.assertOnly(ViolationKind.UNFOUNDED_RELEASE, STO, 1);
    }

    @Test
    void shouldCatchALeasePassedOnToNobody() {
        script.at(2).grant(STO, 1, 0);
        script.at(3).restart(STO);
        long seq = script.snapshot(STO);
        script.release(STO, 1, seq, 0, ReleaseCause.PASSED_ON, 0);
        script.at(4).grant(STO, 2, 1);
        script.assertOnly(ViolationKind.UNFOUNDED_RELEASE, STO, 1);
    }

    @Test
    void shouldCatchARejectionThatTheRecordsContradict() {
        script.at(2).reject(STO, 1, RejectCause.DRAINING);
        script.assertOnly(ViolationKind.UNFOUNDED_REJECTION, STO, 0);
        script = Script.begun();
        script.at(2).reject(STO, 1, RejectCause.NO_POOL);
        script.assertOnly(ViolationKind.UNFOUNDED_REJECTION, STO, 0);
        script = Script.begun();
        script.at(2).reject(STO, 1, RejectCause.STALE_EPOCH);
        script.assertOnly(ViolationKind.UNFOUNDED_REJECTION, STO, 0);
        script = Script.begun();
        script.at(2).reject(STO, 1, RejectCause.EXHAUSTED);
        script.assertOnly(ViolationKind.UNFOUNDED_REJECTION, STO, 0);
    }

    @Test
    void shouldCatchALoadThatTheDecisionsDoNotAddUpTo() {
        script.at(2).grant(STO, 1, placed(STO, 0, Rung.REGULAR, null, 2));
        script.assertOnly(ViolationKind.BOOKS_DIFFER, STO, 0);
    }

    @Test
    void shouldCatchAGapThatIsNotTheSlots() {
        usedUntil(10);
        script.at(100).grant(STO, 2, placed(STO, 0, Rung.REGULAR, 70_000L, 1));
        script.assertOnly(ViolationKind.BOOKS_DIFFER, STO, 2);
    }

    @Test
    void shouldCatchADecisionOnAnotherPartition() {
        int partitions = 12;
        int own = ServerPartition.of(STO, partitions);
        int other = (own + 1) % partitions;
        Logs logs = new Logs();
        logs.append(
                Topics.DECISIONS,
                other,
                script.now(),
                STO,
                Records.decision(
                        1, null, null, 1L, null, Records.rejected(RejectCause.NO_POOL, 0)));
        AuditReport report = logs.audit(AuditSettings.DEFAULT.withPartitions(partitions));
        assertThat(report.violations()).containsOnlyKeys(ViolationKind.WRONG_PARTITION);
    }

    private void usedUntil(double seconds) {
        script.at(2.5).grant(STO, 1, 0);
        script.at(seconds).end(STO, 1, 0);
    }
}
