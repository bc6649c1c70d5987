package io.exitpool.operator.audit;

import static io.exitpool.operator.audit.Script.LAX;
import static io.exitpool.operator.audit.Script.STO;
import static io.exitpool.operator.audit.Script.adopted;
import static io.exitpool.operator.audit.Script.granted;
import static io.exitpool.operator.audit.Script.placed;
import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.schemas.Choice;
import io.exitpool.schemas.Granted;
import io.exitpool.schemas.Ladder;
import io.exitpool.schemas.PoolConfig;
import io.exitpool.schemas.RejectCause;
import io.exitpool.schemas.ReleaseCause;
import io.exitpool.schemas.ReleaseSlot;
import io.exitpool.schemas.Rung;
import io.exitpool.schemas.topic.ServerPartition;
import io.exitpool.schemas.topic.Topics;
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
        clean();
    }

    @Test
    void shouldCatchASlotOverItsCap() {
        script.at(2).grant(STO, 1, 0);
        script.at(3).grant(STO, 2, placed(STO, 0, Rung.REGULAR, null, 2));
        only(ViolationKind.OVER_CAP, STO, 1);
    }

    @Test
    void shouldCatchASharedSlotOverItsCapMax() {
        shareUpTo(2);
        script.at(3).grant(STO, 1, 0);
        script.at(4).grant(STO, 2, placed(STO, 0, Rung.SHARED, null, 2));
        script.at(5).grant(STO, 3, placed(STO, 0, Rung.SHARED, null, 3));
        only(ViolationKind.OVER_CAP, STO, 2);
    }

    @Test
    void shouldCatchASecondGrantOfTheSameLease() {
        script.at(2).grant(STO, 1, 0);
        script.at(3).grant(STO, 1, placed(STO, 0, Rung.REGULAR, null, 1));
        only(ViolationKind.GRANTED_TWICE, STO, 1);
    }

    @Test
    void shouldCatchASecondSlotForASession() {
        script.at(2).grant(STO, 1, 0);
        script.at(3).grant(STO, 1, placed(STO, 1, Rung.REGULAR, null, 1));
        script.at(10).end(STO, 1, 1);
        script.at(60);
        only(ViolationKind.GRANTED_TWICE, STO, 1);
    }

    @Test
    void shouldCatchASlotThatTheConfigurationDoesNotHave() {
        script.at(2).grant(STO, 1, 4);
        only(ViolationKind.SLOT_OUTSIDE_CONFIG, STO, 0);
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
        only(ViolationKind.SLOT_OUTSIDE_CONFIG, STO, 0);
    }

    @Test
    void shouldCatchASlotThatIsSetAside() {
        PoolConfig config = Records.config(2, 4, 10);
        config.setSetAside(List.of(Records.setAside(2)));
        script.config(STO, config);
        script.at(2).grant(STO, 1, 2);
        only(ViolationKind.SLOT_SET_ASIDE, STO, 0);
    }

    @Test
    void shouldCatchASlotThatStillRests() {
        usedUntil(10);
        script.at(69.999).grant(STO, 2, placed(STO, 0, Rung.REGULAR, 59_999L, 1));
        only(ViolationKind.STILL_RESTING, STO, 2);
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
        only(ViolationKind.STILL_RESTING, STO, 2);
    }

    @Test
    void shouldCatchARestShortenedAfterAReleaseThatNobodyReported() {
        shortenTo(5_000);
        script.at(3).grant(STO, 1, 0);
        long seq = script.at(10).snapshot(STO);
        script.release(STO, 1, seq, 0, ReleaseCause.VANISHED, 0);
        script.at(20).grant(STO, 2, placed(STO, 0, Rung.REST_SHORTENED, 10_000L, 1));
        only(ViolationKind.STILL_RESTING, STO, 2);
    }

    @Test
    void shouldCatchAReleaseWithoutALease() {
        usedUntil(10);
        script.at(11).end(STO, 1, 0);
        only(ViolationKind.RELEASE_WITHOUT_LEASE, STO, 2);
    }

    @Test
    void shouldCatchAReleaseOfAnotherSlotThanTheSessions() {
        script.at(2).grant(STO, 1, 0);
        long seq = script.at(10).event(STO, Records.end(1));
        script.release(STO, 1, seq, 1, ReleaseCause.ENDED, 0);
        only(ViolationKind.RELEASE_WITHOUT_LEASE, STO, 1);
    }

    @Test
    void shouldCatchAStartThatLaterDecisionsPassedOver() {
        script.at(2).event(STO, Records.start(1, null, null, 0));
        script.at(3).grant(STO, 2, 0);
        onlyEvent(ViolationKind.START_WITHOUT_DECISION, script.logs.audit());
    }

    @Test
    void shouldCatchAStartThatNothingFollowed() {
        script.at(2).event(STO, Records.start(1, null, null, 0));
        script.at(31.5);
        assertThat(script.logs.audit().pending()).isEqualTo(Map.of(Pending.STARTS, 1L));
        clean();
        script.at(33);
        onlyEvent(ViolationKind.START_WITHOUT_DECISION, script.logs.audit());
    }

    @Test
    void shouldCatchASessionOfASnapshotThatIsNeitherGrantedNorRejected() {
        script.at(2).grant(STO, 1, 0);
        script.at(30).snapshot(STO, Records.entry(1, 0), Records.entry(2, null));
        script.at(31).grant(STO, 3, 1);
        onlyEvent(ViolationKind.START_WITHOUT_DECISION, script.logs.audit());
    }

    @Test
    void shouldCatchALeaseThatOutlivesItsEnd() {
        script.at(2).grant(STO, 1, 0);
        script.at(10).event(STO, Records.end(1));
        script.at(11).grant(STO, 2, 1);
        onlyEvent(ViolationKind.OUTLIVED_LEASE, script.logs.audit());
    }

    @Test
    void shouldCatchALeaseThatASnapshotDoesNotName() {
        script.at(2).grant(STO, 1, 0);
        script.at(30).snapshot(STO);
        script.at(59.5);
        assertThat(script.logs.audit().pending()).isEqualTo(Map.of(Pending.RELEASES, 1L));
        clean();
        script.at(61);
        onlyEvent(ViolationKind.OUTLIVED_LEASE, script.logs.audit());
    }

    @Test
    void shouldCatchLeasesOfASilentServer() {
        script.at(2).grant(STO, 1, 0);
        script.at(150);
        clean();
        script.at(160);
        only(ViolationKind.OUTLIVED_LEASE, STO, 0);
        // Found when the server speaks again, too, as if it had never been silent.
        script.snapshot(STO, Records.entry(1, 0));
        script.at(161).grant(STO, 2, 1);
        onlyEvent(ViolationKind.OUTLIVED_LEASE, script.logs.audit());
    }

    @Test
    void shouldCatchAnAddressOnTwoServers() {
        PoolConfig config = Records.config(2, 4, 40);
        config.setSlots(List.of(Records.range(0, 4, 40), Records.range(4, 1, 10)));
        script.config(LAX, config);
        script.at(2).grant(STO, 1, 0);
        script.at(3).grant(LAX, 2, Records.granted(4, 10, Choice.PLACED, Rung.REGULAR, null, 1));
        script.at(4);
        only(ViolationKind.ADDRESS_ON_TWO_SERVERS, LAX, 0);
    }

    @Test
    void shouldCatchDecisionsOutOfOrder() {
        script.at(2).grant(STO, 1, 0);
        script.at(3).grant(STO, 2, 1);
        script.at(40);
        script.logs.swapDecisions(0, 0, 1);
        only(ViolationKind.DECISION_OUT_OF_ORDER, STO, 1);
    }

    @Test
    void shouldCatchADecisionAtAnotherTimeThanItsEvents() {
        script.at(2).grant(STO, 1, 0);
        script.at(20);
        List<Logs.Rec> log = script.logs.decisions(0);
        log.set(0, log.get(0).at(log.get(0).at().timestamp() + 6_000));
        only(ViolationKind.DECISION_AT_WRONG_TIME, STO, 0);
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
        only(ViolationKind.DECISION_WITHOUT_EVENT, STO, 0);
    }

    @Test
    void shouldCatchAGhostThatAnOldStartAwoke() {
        script.at(2).grant(STO, 1, 0);
        long old = script.seq(STO);
        script.at(10).end(STO, 1, 0);
        script.at(11).event(STO, script.epoch(STO), old, Records.start(1, null, null, 0));
        script.decide(STO, 1, old, placed(STO, 1, Rung.REGULAR, null, 1));
        script.at(40);
        only(ViolationKind.DECISION_WITHOUT_EVENT, STO, 2);
    }

    @Test
    void shouldCatchAStartOfAPastEpochThatIsAdmitted() {
        long past = script.epoch(STO);
        script.at(2).begin(STO);
        script.at(3).grant(STO, 1, 0);
        script.at(4).event(STO, past, 50, Records.start(2, null, null, 0));
        script.decide(STO, 2, 50L, placed(STO, 1, Rung.REGULAR, null, 1));
        only(ViolationKind.STALE_EPOCH_ADMITTED, STO, 1);
    }

    @Test
    void shouldCatchAGrantBeforeTheFirstSnapshot() {
        script.at(2).restart(STO);
        script.grant(STO, 1, 0);
        only(ViolationKind.GRANT_WHILE_NOT_SYNCED, STO, 0);
    }

    @Test
    void shouldCatchAGrantOnADrainingServer() {
        PoolConfig config = Records.config(2, 4, 10);
        config.setDraining(true);
        script.config(STO, config);
        script.at(2).grant(STO, 1, 0);
        only(ViolationKind.GRANT_WHILE_DRAINING, STO, 0);
    }

    @Test
    void shouldCatchAnAdoptionOfASlotThatWasNotHeld() {
        long seq = script.at(2).event(STO, Records.start(1, 3, null, 0));
        script.decide(STO, 1, seq, adopted(STO, 0, 1));
        only(ViolationKind.CHOICE_NOT_ASKED, STO, 0);
    }

    @Test
    void shouldCatchAReleaseThatASnapshotContradicts() {
        script.at(2).grant(STO, 1, 0);
        long seq = script.at(30).snapshot(STO, Records.entry(1, 0));
        script.release(STO, 1, seq, 0, ReleaseCause.VANISHED, 0);
        only(ViolationKind.UNFOUNDED_RELEASE, STO, 1);
    }

    @Test
    void shouldCatchAnExpiryThatIsTooEarly() {
        script.at(2).grant(STO, 1, 0);
        script.at(60).release(STO, 1, null, 0, ReleaseCause.EXPIRED, 0);
        only(ViolationKind.UNFOUNDED_RELEASE, STO, 1);
    }

    @Test
    void shouldCatchAReleaseThatNoOperatorOrdered() {
        script.at(2).grant(STO, 1, 0);
        script.at(10).release(STO, 1, null, 0, ReleaseCause.OPERATOR, 0);
        PoolConfig config = Records.config(2, 4, 10);
        config.setOrder(new ReleaseSlot(3));
        script.config(STO, config);
        only(ViolationKind.UNFOUNDED_RELEASE, STO, 1);
    }

    @Test
    void shouldCatchALeasePassedOnToNobody() {
        script.at(2).grant(STO, 1, 0);
        script.at(3).restart(STO);
        long seq = script.snapshot(STO);
        script.release(STO, 1, seq, 0, ReleaseCause.PASSED_ON, 0);
        script.at(4).grant(STO, 2, 1);
        only(ViolationKind.UNFOUNDED_RELEASE, STO, 1);
    }

    @Test
    void shouldCatchARejectionThatTheRecordsContradict() {
        script.at(2).reject(STO, 1, RejectCause.DRAINING);
        only(ViolationKind.UNFOUNDED_REJECTION, STO, 0);
        script = Script.begun();
        script.at(2).reject(STO, 1, RejectCause.NO_POOL);
        only(ViolationKind.UNFOUNDED_REJECTION, STO, 0);
        script = Script.begun();
        script.at(2).reject(STO, 1, RejectCause.STALE_EPOCH);
        only(ViolationKind.UNFOUNDED_REJECTION, STO, 0);
        script = Script.begun();
        script.at(2).reject(STO, 1, RejectCause.EXHAUSTED);
        only(ViolationKind.UNFOUNDED_REJECTION, STO, 0);
    }

    @Test
    void shouldCatchALoadThatTheDecisionsDoNotAddUpTo() {
        script.at(2).grant(STO, 1, placed(STO, 0, Rung.REGULAR, null, 2));
        only(ViolationKind.BOOKS_DIFFER, STO, 0);
    }

    @Test
    void shouldCatchAGapThatIsNotTheSlots() {
        usedUntil(10);
        script.at(100).grant(STO, 2, placed(STO, 0, Rung.REGULAR, 70_000L, 1));
        only(ViolationKind.BOOKS_DIFFER, STO, 2);
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
                Records.decision(1, null, 1L, null, Records.rejected(RejectCause.NO_POOL, 0)));
        AuditReport report = logs.audit(AuditSettings.DEFAULT.withPartitions(partitions));
        assertThat(report.violations()).containsOnlyKeys(ViolationKind.WRONG_PARTITION);
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

    private void clean() {
        AuditReport report = script.logs.audit();
        assertThat(report.violations()).as(report.toText()).isEmpty();
        assertThat(report.unknown()).isEmpty();
    }

    private void only(ViolationKind kind, String server, long offset) {
        AuditReport report = script.logs.audit();
        assertThat(report.violations()).as(report.toText()).containsOnlyKeys(kind);
        assertThat(report.unknown()).isEmpty();
        AuditReport.Found found = report.violations().get(kind);
        assertThat(found.count()).isEqualTo(1);
        Violation violation = found.first().get(0);
        assertThat(violation.server()).isEqualTo(server);
        assertThat(violation.at().place())
                .isEqualTo("exit-pool-decisions/%d@%d".formatted(Script.partition(server), offset));
    }

    private static void onlyEvent(ViolationKind kind, AuditReport report) {
        assertThat(report.violations()).as(report.toText()).containsOnlyKeys(kind);
        AuditReport.Found found = report.violations().get(kind);
        assertThat(found.count()).isEqualTo(1);
        assertThat(found.first().get(0).at().topic()).isEqualTo("exit-session-events");
    }
}
