package io.exitpool.core.pool;

import static io.exitpool.core.pool.OneServer.holding;
import static io.exitpool.core.pool.OneServer.live;
import static io.exitpool.core.pool.OneServer.only;
import static io.exitpool.core.pool.OneServer.outcomes;
import static io.exitpool.core.pool.OneServer.session;
import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.core.decision.Choice;
import io.exitpool.core.decision.Decision;
import io.exitpool.core.decision.Granted;
import io.exitpool.core.decision.Outcome;
import io.exitpool.core.decision.RejectCause;
import io.exitpool.core.decision.Rejected;
import io.exitpool.core.decision.ReleaseCause;
import io.exitpool.core.decision.Released;
import io.exitpool.core.decision.Rung;
import io.exitpool.core.event.SnapshotEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Rule 6: a session stays on the slot that it holds. */
class AdoptionTest {
    @Test
    void shouldAdoptAStartOnAFreeSlot() {
        // given
        OneServer server = OneServer.synced(ConfigDraft.slots(100).next());
        // when
        Granted granted = server.grantHolding(1, 73);
        // then
        assertThat(granted.slot()).isEqualTo(73);
        assertThat(granted.choice()).isEqualTo(Choice.ADOPTED);
        assertThat(granted.rung()).isEqualTo(Rung.REGULAR);
        assertThat(granted.gapMillis()).isEmpty();
    }

    @Test
    void shouldAdoptOnASlotThatRestsOrIsSetAside() {
        // given
        OneServer server =
                OneServer.synced(ConfigDraft.slots(100).minRest(60_000).setAside(4).next());
        server.grantWanting(1, 73);
        server.end(1);
        // when, then
        assertThat(server.grantHolding(2, 73).choice()).isEqualTo(Choice.ADOPTED);
        assertThat(server.grantHolding(3, 4).choice()).isEqualTo(Choice.ADOPTED);
        PoolStatus status = server.status();
        assertThat(status.inUse()).isEqualTo(1);
        assertThat(status.setAside()).isEqualTo(1);
        assertThat(status.sessions()).isEqualTo(2);
        assertThat(server.end(3)).isEqualTo(released(4, ReleaseCause.ENDED, server, 0));
    }

    @Test
    void shouldAdoptWhileTheServerDrains() {
        // given
        OneServer server = OneServer.synced(ConfigDraft.slots(10).draining(true).next());
        // when, then
        assertThat(server.grantHolding(1, 7).slot()).isEqualTo(7);
        assertThat(server.start(2)).isEqualTo(new Rejected(RejectCause.DRAINING, 60_000, 0));
    }

    @Test
    void shouldChooseAnotherSlotWhenTheHeldOneIsAnothersOrUnknown() {
        // given
        OneServer server = OneServer.synced(ConfigDraft.slots(3).next());
        server.grantWanting(1, 2);
        // when, then
        Granted taken = server.grantHolding(2, 2);
        assertThat(taken.slot()).isNotEqualTo(2);
        assertThat(taken.choice()).isEqualTo(Choice.PLACED);
        Granted unknown = server.grantHolding(3, 77);
        assertThat(unknown.choice()).isEqualTo(Choice.PLACED);
        assertThat(server.status().counters().adoptionConflicts()).isEqualTo(2);
    }

    @Test
    void shouldAdoptOnASharedSlotUpToWhatAnyRuleAllows() {
        // given cap 1, and 2 when dry
        OneServer server = OneServer.synced(ConfigDraft.slots(4).shareUpTo(2).next());
        // when, then
        assertThat(server.grantHolding(1, 0).loadAfter()).isEqualTo(1);
        assertThat(server.grantHolding(2, 0).loadAfter()).isEqualTo(2);
        assertThat(server.grantHolding(3, 0).choice()).isEqualTo(Choice.PLACED);
    }

    @Test
    void shouldPassLeasesOnWhenTheAgentComesBackWithItsLiveTunnels() {
        // given
        PoolConfig config = ConfigDraft.slots(10).minRest(60_000).next();
        OneServer server = OneServer.synced(config);
        server.grantWanting(1, 3);
        server.grantWanting(2, 5);
        long grantedAt = server.now / 1000;
        server.pass(60_000);
        // when one tunnel lives on under a new id, and the other is gone
        server.restart();
        List<Decision> told = server.snapshot(holding(11, 3));
        // then the address stays, and only the other slot rests
        assertThat(told)
                .containsExactly(
                        server.answer(
                                1, config, new Released(3, ReleaseCause.PASSED_ON, grantedAt, 0)),
                        server.answer(11, config, adopted(server, 3, 1)),
                        server.answer(
                                2, config, new Released(5, ReleaseCause.RESET, grantedAt, 0)));
        RecordingSink.Rows rows = server.sink.rows(OneServer.SERVER);
        assertThat(rows.leases)
                .containsExactly(
                        java.util.Map.entry(
                                session(11),
                                new LeaseRow(
                                        3,
                                        server.epoch,
                                        server.seq,
                                        server.now / 1000,
                                        told.get(1).number().orElseThrow())));
        assertThat(rows.slots).containsOnlyKeys(5);
        assertThat(rows.slots.get(5).reported()).isFalse();
    }

    @Test
    void shouldPassOnEachSessionOfASharedSlotToOneThatHoldsIt() {
        // given three sessions on one slot
        OneServer server = OneServer.synced(ConfigDraft.slots(2).cap(3).next());
        for (int n = 1; n <= 3; n++) {
            server.grantWanting(n, 1);
        }
        // when two of them live on, and a third claims to
        server.restart();
        List<Decision> told =
                server.snapshot(holding(11, 1), holding(12, 1), live(13), holding(14, 0));
        // then
        List<Outcome> outcomes = outcomes(told);
        assertThat(outcomes).hasSize(7);
        for (int pair = 0; pair < 2; pair++) {
            assertThat(outcomes.get(2 * pair)).isEqualTo(passedOn(server, 1, 2));
            assertThat(outcomes.get(2 * pair + 1)).isEqualTo(adopted(server, 1, 3));
        }
        assertThat(outcomes.get(4)).isEqualTo(released(1, ReleaseCause.RESET, server, 2));
        assertThat(outcomes.get(5)).isEqualTo(adopted(server, 0, 1));
        assertThat(told.get(6).session()).isEqualTo(session(13));
        assertThat(server.pools.sessions()).isEqualTo(4);
    }

    @Test
    void shouldNotPassOnALeaseThatItsOwnSessionStillHas() {
        // given
        OneServer server = OneServer.synced(ConfigDraft.slots(2).next());
        server.grantWanting(1, 1);
        // when the new epoch names the old session, and another one that claims its slot
        server.restart();
        List<Decision> told = server.snapshot(holding(2, 1), holding(1, 1));
        // then
        Granted placed = OneServer.granted(only(told));
        assertThat(told.get(0).session()).isEqualTo(session(2));
        assertThat(placed.slot()).isZero();
        assertThat(server.status().counters().adoptionConflicts()).isEqualTo(1);
    }

    @Test
    void shouldNotPassLeasesOnWithinAnEpoch() {
        // given
        OneServer server = OneServer.synced(ConfigDraft.slots(2).minRest(60_000).next());
        server.grantWanting(1, 1);
        // when
        List<Outcome> told = outcomes(server.snapshot(holding(2, 1)));
        // then it vanished, and its slot is taken up at once by the one that holds it
        assertThat(told)
                .containsExactly(
                        released(1, ReleaseCause.VANISHED, server, 0), adopted(server, 1, 1));
    }

    @Test
    void shouldRebuildAWipedPoolFromItsServer() {
        // given
        PoolConfig config = ConfigDraft.slots(200).minRest(600_000).next();
        OneServer before = OneServer.synced(config);
        List<SnapshotEntry> held = new ArrayList<>();
        for (int n = 0; n < 150; n++) {
            held.add(
                    new SnapshotEntry(
                            session(n),
                            OptionalInt.of(before.grant(n).slot()),
                            OptionalInt.empty()));
        }
        // when everything is lost but the configuration
        OneServer wiped = OneServer.configured(config);
        List<Decision> told = wiped.snapshot(held.toArray(SnapshotEntry[]::new));
        // then no session moves
        assertThat(told).hasSize(150);
        for (int n = 0; n < 150; n++) {
            Granted granted = OneServer.granted(told.get(n).outcome());
            assertThat(told.get(n).session()).isEqualTo(session(n));
            assertThat(granted.choice()).isEqualTo(Choice.ADOPTED);
            assertThat(granted.slot()).isEqualTo(held.get(n).held().getAsInt());
        }
        assertThat(wiped.status().counters()).isEqualTo(PoolCounters.ZERO);
    }

    private static Granted adopted(OneServer server, int slot, int load) {
        return new Granted(
                slot,
                ConfigDraft.range(slot, 1).first(),
                Choice.ADOPTED,
                Rung.REGULAR,
                java.util.OptionalLong.empty(),
                load,
                0,
                false);
    }

    private static Released passedOn(OneServer server, int slot, int load) {
        return released(slot, ReleaseCause.PASSED_ON, server, load);
    }

    /** Of a session that was granted at the present time. */
    private static Released released(int slot, ReleaseCause cause, OneServer server, int load) {
        return new Released(slot, cause, server.now / 1000, load);
    }
}
