package io.exitpool.operator.audit;

import static io.exitpool.operator.audit.Script.LAX;
import static io.exitpool.operator.audit.Script.STO;
import static io.exitpool.operator.audit.Script.adopted;
import static io.exitpool.operator.audit.Script.placed;
import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.schemas.PoolConfig;
import io.exitpool.schemas.RejectCause;
import io.exitpool.schemas.ReleaseCause;
import io.exitpool.schemas.Rung;
import io.exitpool.schemas.topic.Topics;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What cannot be known is neither clean nor a violation; what can be known still is one. */
class UnknownTest {
    private Script script;

    @BeforeEach
    void begin() {
        script = Script.begun();
    }

    @Test
    void shouldNotJudgeTheReleaseOfALeaseFromBeforeTheLog() {
        script.at(2).grant(STO, 1, 0);
        script.at(3).grant(STO, 2, 1);
        script.at(10).end(STO, 1, 0);
        script.logs.truncate(Topics.DECISIONS, 0, 1);
        unknown(
                Map.of(
                        Unknown.LEASE_BEFORE_LOG,
                        1L,
                        Unknown.REST_BEFORE_LOG,
                        1L,
                        Unknown.DECISION_BEFORE_LOG,
                        1L));
    }

    @Test
    void shouldJudgeASecondReleaseOfALeaseThatTheLogHas() {
        script.at(2).grant(STO, 1, 0);
        script.at(3).grant(STO, 2, 1);
        script.at(13).grant(STO, 3, 2);
        script.at(14).end(STO, 3, 2);
        script.at(15).end(STO, 3, 2);
        script.logs.truncate(Topics.DECISIONS, 0, 1);
        assertThat(script.logs.audit().violations())
                .containsOnlyKeys(ViolationKind.RELEASE_WITHOUT_LEASE);
    }

    @Test
    void shouldNotJudgeTheRestOfASlotThatEmptiedBeforeTheLog() {
        script.at(2).grant(STO, 1, 0);
        script.at(10).end(STO, 1, 0);
        script.at(20).grant(STO, 2, placed(STO, 0, Rung.REGULAR, 10_000L, 1));
        script.logs.truncate(Topics.DECISIONS, 0, 2);
        AuditReport report = script.logs.audit();
        assertThat(report.violations()).isEmpty();
        assertThat(report.unknown()).containsEntry(Unknown.REST_BEFORE_LOG, 1L);
    }

    @Test
    void shouldNotJudgeADecisionWhoseEventIsGone() {
        script.at(2).grant(STO, 1, 0);
        script.at(10);
        script.logs
                .of(Topics.SESSION_EVENTS, 0)
                .removeIf(event -> event.at().timestamp() < script.now() - 5_000);
        unknown(Map.of(Unknown.EVENT_BEFORE_LOG, 1L));
    }

    @Test
    void shouldNotJudgeByAConfigurationThatWasCompactedAway() {
        script.at(2).grant(STO, 1, 3);
        script.at(3).config(STO, Records.config(2, 2, 10));
        script.at(40);
        script.logs.truncate(Topics.POOL_CONFIGS, 0, 1);
        unknown(Map.of(Unknown.CONFIG_GONE, 1L));
    }

    @Test
    void shouldCatchAConfigurationThatWasNeverWritten() {
        long seq = script.at(2).event(STO, Records.start(1, null, null, 0));
        script.decide(STO, 1, script.epoch(STO), seq, 9L, placed(STO, 0, Rung.REGULAR, null, 1));
        assertThat(script.logs.audit().violations())
                .containsOnlyKeys(ViolationKind.SLOT_OUTSIDE_CONFIG);
    }

    @Test
    void shouldLetAPoolThatLostItsStoreTakeItsLeasesOverAgain() {
        script.at(2).grant(STO, 1, 0);
        script.at(3).grant(STO, 2, 1);
        // The store is gone: an end means nothing to the pool, and a snapshot means everything.
        script.at(20).event(STO, Records.end(1));
        script.loseRows(STO);
        long seq = script.at(30).snapshot(STO, Records.entry(2, 1));
        script.decide(STO, 2, seq, adopted(STO, 1, 1));
        script.at(31).end(STO, 2, 1);
        script.at(90);
        unknown(Map.of(Unknown.BOOKS_DROPPED, 2L));
    }

    @Test
    void shouldNotBelieveTheBooksOfAPoolThatFailed() {
        script.at(2).grant(STO, 1, 0);
        script.at(10).event(STO, Records.end(1));
        script.at(11).reject(STO, 2, RejectCause.POOL_FAILED);
        script.at(60);
        unknown(Map.of(Unknown.BOOKS_DROPPED, 1L));
    }

    @Test
    void shouldCountWhatCannotBeRead() {
        Audit audit = new Audit(AuditSettings.DEFAULT);
        audit.undecodable(new Position("exit-session-events", 0, 0, 1));
        assertThat(audit.report().unknown()).isEqualTo(Map.of(Unknown.UNDECODABLE, 1L));
        assertThat(audit.report().isClean()).isTrue();
    }

    @Test
    void shouldNotMissANumberThatARecordMayHaveHadWhichCannotBeRead() {
        script.at(2).grant(STO, 1, 0);
        script.shiftNumbers(STO, 1);
        script.at(3).grant(STO, 2, 1);
        List<Logs.Rec> log = script.logs.decisions(0);
        log.set(1, log.get(1).at(2, log.get(1).at().timestamp()));
        Audit audit = new Audit(AuditSettings.DEFAULT);
        Logs.feed(audit, log.get(0));
        audit.undecodable(new Position("exit-pool-decisions", 0, 1, script.now()));
        Logs.feed(audit, log.get(1));
        script.logs.of(Topics.POOL_CONFIGS, 0).forEach(record -> Logs.feed(audit, record));
        script.logs.of(Topics.SESSION_EVENTS, 0).forEach(record -> Logs.feed(audit, record));
        audit.finish();
        assertThat(audit.report().unknown()).isEqualTo(Map.of(Unknown.UNDECODABLE, 1L));
        assertThat(audit.report().isClean()).isTrue();
        assertThat(script.logs.audit().violations())
                .containsOnlyKeys(ViolationKind.DECISION_NUMBER);
    }

    @Test
    void shouldHoldADecisionBackUntilItsConfigurationIsRead() {
        script.at(2).grant(STO, 1, 0);
        script.at(40);
        Audit audit = new Audit(AuditSettings.DEFAULT);
        script.logs.decisions(0).forEach(record -> Logs.feed(audit, record));
        script.logs.of(Topics.SESSION_EVENTS, 0).forEach(record -> Logs.feed(audit, record));
        assertThat(audit.report().pending())
                .isEqualTo(Map.of(Pending.DECISIONS, 1L, Pending.STARTS, 1L));
        assertThat(audit.report().isClean()).isTrue();
        // Of an end that was reached, only what was handed in before the one before it is certain.
        audit.endReached();
        assertThat(audit.report().pending()).containsKey(Pending.DECISIONS);
        audit.endReached();
        assertThat(audit.report().pending()).isEmpty();
        assertThat(audit.report().unknown()).isEqualTo(Map.of(Unknown.CONFIG_GONE, 1L));
    }

    @Test
    void shouldJudgeWhatStandsBehindADecisionFromTheFuture() {
        script.at(2).grant(STO, 1, 0);
        long seq = script.at(10).event(STO, Records.end(1));
        long past = script.now();
        script.at(3_610).release(STO, 1, seq, 0, ReleaseCause.ENDED, 0);
        script.logs
                .of(Topics.SESSION_EVENTS, 0)
                .removeIf(event -> event.at().timestamp() > past + 2_000);
        script.logs.append(
                Topics.DECISIONS,
                0,
                past + 1_000,
                STO,
                Records.decision(
                        9,
                        null,
                        script.epoch(STO),
                        99L,
                        1L,
                        Records.rejected(RejectCause.DRAINING, 0)));
        assertThat(script.logs.audit().violations())
                .containsKeys(
                        ViolationKind.DECISION_AT_WRONG_TIME,
                        ViolationKind.DECISION_OUT_OF_ORDER,
                        ViolationKind.DECISION_WITHOUT_EVENT);
    }

    private void unknown(Map<Unknown, Long> expected) {
        script.at((script.now() % 1_000_000) / 1_000.0 + 40);
        AuditReport report = script.logs.audit();
        assertThat(report.violations()).as(report.toText()).isEmpty();
        assertThat(report.unknown()).as(report.toText()).isEqualTo(expected);
    }

    @Test
    void shouldNotMixTheServersUp() {
        script.at(2).grant(STO, 1, 0);
        script.at(2).grant(LAX, 2, 0);
        script.at(10).end(STO, 1, 0);
        PoolConfig config = Records.config(2, 4, 40);
        script.config(LAX, config);
        script.at(20).end(LAX, 2, 0);
        unknown(Map.of());
    }
}
