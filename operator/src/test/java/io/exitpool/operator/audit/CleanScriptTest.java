package io.exitpool.operator.audit;

import static io.exitpool.operator.audit.Script.LAX;
import static io.exitpool.operator.audit.Script.STO;
import static io.exitpool.operator.audit.Script.adopted;
import static io.exitpool.operator.audit.Script.placed;
import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.schemas.Choice;
import io.exitpool.schemas.Ladder;
import io.exitpool.schemas.PoolConfig;
import io.exitpool.schemas.Rebuild;
import io.exitpool.schemas.RejectCause;
import io.exitpool.schemas.ReleaseCause;
import io.exitpool.schemas.ReleaseSlot;
import io.exitpool.schemas.ResetEpoch;
import io.exitpool.schemas.Rung;
import io.exitpool.schemas.topic.Topics;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What looks like a broken promise and is none. */
class CleanScriptTest {
    private Script script;

    @BeforeEach
    void begin() {
        script = Script.begun();
    }

    @Test
    void shouldLetALeasePassToTheSameTunnelsNewIdWhateverTheCap() {
        PoolConfig two = Records.config(2, 4, 10);
        two.setCap(2);
        script.config(STO, two);
        script.at(2).grant(STO, 1, 0);
        script.at(3).grant(STO, 2, placed(STO, 0, Rung.REGULAR, null, 2));
        script.at(4).config(STO, Records.config(3, 4, 10));
        script.at(5).restart(STO);
        long seq = script.snapshot(STO, Records.entry(11, 0), Records.entry(12, 0));
        script.release(STO, 1, seq, 0, ReleaseCause.PASSED_ON, 1);
        script.decide(STO, 11, seq, adopted(STO, 0, 2));
        script.release(STO, 2, seq, 0, ReleaseCause.PASSED_ON, 1);
        script.decide(STO, 12, seq, adopted(STO, 0, 2));
        script.at(10).end(STO, 11, 0, 1);
        script.at(11).end(STO, 12, 0, 0);
        clean();
    }

    @Test
    void shouldLetAnAdoptionLandOnASlotThatRestsIsSetAsideOrRetires() {
        script.at(2).grant(STO, 1, 0);
        script.at(3).end(STO, 1, 0);
        PoolConfig fewer = Records.config(2, 2, 10);
        fewer.setSetAside(List.of(Records.setAside(1)));
        fewer.setNextSlotId(4);
        script.config(STO, fewer);
        script.at(4).grant(STO, 2, adopted(STO, 0, 1));
        script.at(5).grant(STO, 3, adopted(STO, 1, 1));
        script.at(6).grant(STO, 4, adopted(STO, 3, 1));
        clean();
    }

    @Test
    void shouldLetAdoptionsShareUpToTheLaddersMost() {
        PoolConfig shared = Records.config(2, 4, 10);
        shared.setLadder(new Ladder(null, 2));
        script.config(STO, shared);
        script.at(2).grant(STO, 1, 0);
        script.at(3).grant(STO, 2, adopted(STO, 0, 2));
        clean();
    }

    @Test
    void shouldLetALongerRestBindOnlySlotsThatEmptyAfterIt() {
        script.at(2).grant(STO, 1, 0);
        script.at(10).end(STO, 1, 0);
        PoolConfig longer = Records.config(2, 4, 10);
        longer.setMinRestMillis(600_000L);
        script.at(11).config(STO, longer);
        script.at(75).grant(STO, 2, placed(STO, 0, Rung.REGULAR, 65_000L, 1));
        clean();
    }

    @Test
    void shouldLetRungsThatTheConfigurationHasBendTheRest() {
        PoolConfig bent = Records.config(2, 4, 10);
        bent.setLadder(new Ladder(5_000L, null));
        bent.setMaxRestingShare(0.1);
        script.config(STO, bent);
        script.at(2).grant(STO, 1, 0);
        script.at(3).end(STO, 1, 0);
        script.at(8).grant(STO, 2, placed(STO, 0, Rung.REST_SHORTENED, 5_000L, 1));
        script.at(9).end(STO, 2, 0);
        script.at(10).grant(STO, 3, placed(STO, 0, Rung.REST_CAPPED, 1_000L, 1));
        clean();
    }

    @Test
    void shouldLetStartsBeTurnedAwayForTheirEpochAndForWantOfAPool() {
        long past = script.epoch(STO);
        script.at(2).restart(STO);
        script.reject(STO, 1, RejectCause.NOT_SYNCED);
        script.snapshot(STO);
        script.at(3).event(STO, past, 50, Records.start(2, null, null, 0));
        script.decide(STO, 2, 50L, Records.rejected(RejectCause.STALE_EPOCH, 0));
        script.at(4).event(STO, past, 51, Records.end(2));
        String nobody = "us-nyc-wg-601";
        script.logs.append(
                Topics.SESSION_EVENTS,
                0,
                script.now(),
                nobody,
                Records.event(Script.EPOCH, 1, script.now(), Records.start(3, null, null, 0)));
        script.logs.append(
                Topics.DECISIONS,
                0,
                script.now(),
                nobody,
                Records.decision(
                        3, null, null, 1L, null, Records.rejected(RejectCause.NO_POOL, 0)));
        clean();
    }

    @Test
    void shouldExpectNothingOfEventsWithoutEffect() {
        script.at(2).grant(STO, 1, 0);
        long seq = script.seq(STO);
        script.at(3).event(STO, script.epoch(STO), seq, Records.start(1, null, null, 0));
        script.at(4).event(STO, script.epoch(STO), 2, Records.end(1));
        long ahead = (script.now() + 90_000_000) * 1_000;
        script.event(STO, ahead, 1, Records.start(8, null, null, 0));
        script.event(STO, Records.end(999));
        // A snapshot whose parts do not follow each other takes no effect.
        script.at(5).event(STO, Records.part(7, 0, 2, List.of()));
        script.grant(STO, 2, 1);
        script.event(STO, Records.part(7, 1, 2, List.of()));
        clean();
        assertThat(script.logs.audit().events())
                .containsEntry(EventKind.DUPLICATE, 2L)
                .containsEntry(EventKind.MALFORMED, 1L);
    }

    @Test
    void shouldBearMoreEpochsThanItKeeps() {
        long own = script.epoch(STO);
        script.at(2).grant(STO, 1, 0);
        for (int past = 200; past > 0; past--) {
            script.event(STO, own - past, 1, Records.start(100 + past, null, null, 0));
            script.decide(STO, 100 + past, 1L, Records.rejected(RejectCause.STALE_EPOCH, 0));
        }
        script.at(3).end(STO, 1, 0);
        AuditReport report = script.logs.audit();
        assertThat(report.violations()).as(report.toText()).isEmpty();
    }

    @Test
    void shouldLetAnOperatorReleaseASlot() {
        script.at(2).grant(STO, 1, 0);
        script.at(10).release(STO, 1, null, 0, ReleaseCause.OPERATOR, 0);
        PoolConfig order = Records.config(2, 4, 10);
        order.setOrder(new ReleaseSlot(0));
        script.config(STO, order);
        script.at(12).grant(STO, 2, 1);
        clean();
    }

    @Test
    void shouldLetAnOperatorTakeAServerBackToALowerEpoch() {
        long own = script.epoch(STO);
        long seq = script.seq(STO);
        long absurd = own + 3_600_000_000L;
        script.at(2).event(STO, absurd, 1, Records.start(1, null, null, 0));
        script.decide(STO, 1, absurd, 1L, 1L, Records.rejected(RejectCause.NOT_SYNCED, 0));
        PoolConfig reset = Records.config(2, 4, 10);
        reset.setOrder(new ResetEpoch());
        script.at(5).config(STO, reset);
        script.at(6).event(STO, own, seq + 1, Records.start(2, null, null, 0));
        script.decide(STO, 2, seq + 1, Records.rejected(RejectCause.NOT_SYNCED, 0));
        script.event(STO, own, seq + 2, Records.part(9, 0, 1, List.of()));
        script.at(7).event(STO, own, seq + 3, Records.start(2, null, null, 1));
        script.decide(
                STO,
                2,
                seq + 3,
                io.exitpool.schemas.Granted.newBuilder(placed(STO, 0, Rung.REGULAR, null, 1))
                        .setAttempt(1)
                        .build());
        script.at(8).event(STO, own, seq + 4, Records.end(2));
        script.release(STO, 2, seq + 4, 0, ReleaseCause.ENDED, 0);
        clean();
    }

    @Test
    void shouldLetARebuiltPoolReleaseAllAndForgetItsSlotsPast() {
        script.at(2).grant(STO, 1, 0);
        script.at(3).grant(STO, 2, 1);
        script.at(10).release(STO, 1, null, 0, ReleaseCause.RESET, 0);
        script.release(STO, 2, null, 1, ReleaseCause.RESET, 0);
        PoolConfig rebuild = Records.config(2, 4, 10);
        rebuild.setOrder(new Rebuild());
        script.config(STO, rebuild);
        long seq = script.at(11).snapshot(STO, Records.entry(1, 0), Records.entry(2, 1));
        script.decide(STO, 1, seq, adopted(STO, 0, 1));
        script.decide(STO, 2, seq, adopted(STO, 1, 1));
        clean();
    }

    @Test
    void shouldLetASilentServersLeasesExpireAndComeBack() {
        script.at(2).grant(STO, 1, 0);
        script.at(121).release(STO, 1, null, 0, ReleaseCause.EXPIRED, 0);
        script.at(200);
        long seq = script.snapshot(STO, Records.entry(1, 0));
        script.decide(STO, 1, seq, adopted(STO, 0, 1));
        script.at(201).grant(STO, 2, 1);
        clean();
    }

    @Test
    void shouldLetAnAddressMoveOnceItsFirstServerLeftIt() {
        script.at(2).grant(STO, 1, 0);
        script.at(10).end(STO, 1, 0);
        PoolConfig moved = Records.config(2, 4, 40);
        moved.setSlots(List.of(Records.range(0, 4, 40), Records.range(4, 1, 10)));
        script.config(LAX, moved);
        script.at(100).grant(LAX, 2, Records.granted(4, 10, Choice.PLACED, Rung.REGULAR, null, 1));
        clean();
    }

    private void clean() {
        AuditReport report = script.logs.audit();
        assertThat(report.violations()).as(report.toText()).isEmpty();
        assertThat(report.unknown()).as(report.toText()).isEqualTo(Map.of());
        assertThat(
                        script.logs.auditInOrder(
                                List.of(
                                        Topics.SESSION_EVENTS,
                                        Topics.DECISIONS,
                                        Topics.POOL_CONFIGS)))
                .isEqualTo(report);
    }
}
