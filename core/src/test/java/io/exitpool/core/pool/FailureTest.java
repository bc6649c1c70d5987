package io.exitpool.core.pool;

import static io.exitpool.core.pool.OneServer.endOf;
import static io.exitpool.core.pool.OneServer.holding;
import static io.exitpool.core.pool.OneServer.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.exitpool.core.decision.Decision;
import io.exitpool.core.decision.RejectCause;
import io.exitpool.core.decision.Rejected;
import io.exitpool.core.event.AgentEvent;
import io.exitpool.core.event.SnapshotPart;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Rule 11: a pool whose books do not add up fails alone, loudly, and can be rebuilt. */
class FailureTest {
    private static final String OTHER = "de-fra-wg-103";

    private final ConfigDraft draft = ConfigDraft.slots(4).minRest(60_000);

    @Test
    void shouldFailThePoolWhoseRowsLieAndNoOther() {
        // given a lease of a slot that never was
        OneServer server = lying();
        // when, then
        server.reload();
        assertThat(server.start(2)).isEqualTo(new Rejected(RejectCause.POOL_FAILED, 60_000, 0));
        assertThat(server.send(endOf(1))).isEmpty();
        assertThat(server.snapshot()).isEmpty();
        assertThat(server.status().failed()).contains("a lease of an unknown slot");
        assertThat(startOn(OTHER, server)).containsExactly("Granted");
        assertThat(server.pools.failed()).isOne();
        // and it stays failed after the next reload
        server.reload();
        assertThat(server.reject(2).cause()).isEqualTo(RejectCause.POOL_FAILED);
    }

    @Test
    void shouldFailAPoolWithARowOfAnUnknownSlot() {
        // given
        OneServer server = OneServer.configured(draft.next(), OneServer.settings(false));
        server.sink.rows(OneServer.SERVER).slots.put(77, new SlotRow(1, true, 1, 1, 1));
        // when
        server.reload();
        // then
        assertThat(server.status().failed()).contains("a row of an unknown slot");
    }

    @Test
    void shouldGoOnAfterARebuild() {
        // given
        OneServer server = lying();
        server.reload();
        // when
        assertThat(server.configure(draft.next(new Order.Rebuild()))).isEmpty();
        // then every row is gone that no image knew of
        assertThat(server.sink.rows(OneServer.SERVER).leases).isEmpty();
        assertThat(server.status().failed()).isEmpty();
        assertThat(server.pools.failed()).isZero();
        assertThat(server.reject(3).cause()).isEqualTo(RejectCause.NOT_SYNCED);
        assertThat(server.snapshot(holding(1, 2))).hasSize(1);
        server.grant(3);
        server.reload();
        server.grant(4);
    }

    @Test
    void shouldRefuseAnyOtherChangeOfAFailedPool() {
        // given
        OneServer server = lying();
        server.reload();
        // when, then
        assertThat(server.refusal(draft.cap(2).next()))
                .isEqualTo("the pool has failed; run pools rebuild se-sto-wg-208 first");
        assertThat(server.refusal(draft.next(new Order.ResetEpoch()))).contains("pools rebuild");
    }

    @Test
    void shouldForgetAFailedPoolThatIsRemoved() {
        // given
        OneServer server = lying();
        server.reload();
        // when
        server.remove();
        server.tickFor(1_000);
        // then
        assertThat(server.sink.takeGone()).containsExactly(OneServer.SERVER);
        assertThat(server.sink.knowsNothingOf(OneServer.SERVER)).isTrue();
    }

    @Test
    void shouldLeaveNoRowsOfARemovedPoolThatCannotBePutTogether() {
        // given a server that was removed under a live session, and a row that lies
        OneServer server = lying();
        server.sink.rows(OneServer.SERVER).leases.remove(session(1));
        server.remove();
        server.sink.rows(OneServer.SERVER).leases.put(session(2), ofNoSlot(server));
        // when
        server.reload();
        server.tickFor(1_000);
        // then
        assertThat(server.sink.takeGone()).containsExactly(OneServer.SERVER);
        assertThat(server.sink.knowsNothingOf(OneServer.SERVER)).isTrue();
        assertThat(server.pools.servers()).as("the sound one").isEqualTo(1);
    }

    @Test
    void shouldTakeBackWhatAFailedRecordDid() {
        // given a pool that finds its books wrong after it has granted one of two sessions
        OneServer server = OneServer.synced(draft.next());
        server.grant(1);
        RecordingSink.Rows rows = server.sink.rows(OneServer.SERVER);
        Trap trap = new Trap(server.sink);
        PartitionPools pools =
                server.sink.reload(
                        OneServer.settings(false),
                        new Random(1),
                        trap,
                        UnaryOperator.identity(),
                        1);
        trap.decisionsUntilIts = 1;
        // when
        pools.onEvent(
                OneServer.SERVER,
                new AgentEvent(
                        server.epoch,
                        server.seq + 1,
                        server.now / 1000,
                        new SnapshotPart(
                                9,
                                0,
                                1,
                                List.of(OneServer.live(1), OneServer.live(2), OneServer.live(3)))),
                server.now);
        server.sink.commit();
        // then
        assertThat(server.sink.takeDecisions()).isEmpty();
        assertThat(rows.leases).containsOnlyKeys(session(1));
        assertThat(rows.pool.orElseThrow().failed()).contains("trap");
        assertThat(server.sink.takeDeadLetters()).containsExactly("pool failed: trap");
        // and the numbers of the decisions that were taken back are given to the next ones
        server.pools = pools;
        assertThat(server.reject(4).cause()).isEqualTo(RejectCause.POOL_FAILED);
        server.reload();
        assertThat(server.status().decisions()).isEqualTo(server.decided());
        assertThat(server.reject(5).cause()).isEqualTo(RejectCause.POOL_FAILED);
    }

    @Test
    void shouldRejectTheStartThatFoundTheBooksWrong() {
        // given
        OneServer server = OneServer.synced(draft.next());
        Trap trap = new Trap(server.sink);
        server.pools =
                server.sink.reload(
                        OneServer.settings(false),
                        new Random(1),
                        trap,
                        UnaryOperator.identity(),
                        1);
        trap.decisionsUntilIts = 0;
        // when, then
        assertThat(server.start(1)).isEqualTo(new Rejected(RejectCause.POOL_FAILED, 60_000, 0));
        assertThat(server.sink.rows(OneServer.SERVER).leases).isEmpty();
        assertThat(server.sink.takeDeadLetters()).hasSize(1);
        assertThat(server.status().failed()).contains("trap");
    }

    @Test
    void shouldStopATestAtOnce() {
        // given
        OneServer server = OneServer.synced(draft.next());
        server.sink.rows(OneServer.SERVER).leases.put(session(1), ofNoSlot(server));
        server.reload();
        // when, then
        assertThatThrownBy(server::tick)
                .isInstanceOf(InvariantViolation.class)
                .hasMessage("a lease of an unknown slot");
    }

    @Test
    void shouldTellOfRowsThatNoConfigurationGoesWith() {
        // given
        OneServer server = OneServer.synced(draft.next());
        server.grant(1);
        RecordingSink.Rows rows = server.sink.rows(OneServer.SERVER);
        rows.config = Optional.empty();
        // when
        server.reload();
        // then
        assertThat(server.pools.orphans()).containsExactly(OneServer.SERVER);
        assertThat(server.reject(2).cause()).isEqualTo(RejectCause.NO_POOL);
        // when it is configured anew, then its old rows are gone
        server.configure(draft.next());
        assertThat(rows.leases).isEmpty();
        assertThat(server.pools.orphans()).isEmpty();
    }

    /** A server with a lease row of a slot that it lacks, beside a sound one. */
    private OneServer lying() {
        OneServer server = OneServer.configured(draft.next(), OneServer.settings(false));
        server.snapshot();
        server.grant(1);
        server.pools.onConfig(OTHER, Optional.of(ConfigDraft.slots(2).next()), server.now);
        server.sink.commit();
        server.sink.rows(OneServer.SERVER).leases.put(session(1), ofNoSlot(server));
        return server;
    }

    /** What a row of the server's first decision may look like, but for the slot. */
    private static LeaseRow ofNoSlot(OneServer server) {
        return new LeaseRow(99, 1, 1, server.now / 1000, OneServer.BEGIN * 1_000 + 1);
    }

    private static List<String> startOn(String name, OneServer server) {
        server.pools.onEvent(
                name,
                new AgentEvent(5, 1, server.now / 1000, new SnapshotPart(1, 0, 1, List.of())),
                server.now);
        server.pools.onEvent(
                name, new AgentEvent(5, 2, server.now / 1000, OneServer.startOf(500)), server.now);
        server.sink.commit();
        return server.sink.takeDecisions().stream()
                .map(told -> told.decision().outcome().getClass().getSimpleName())
                .toList();
    }

    /** Finds the books wrong when told of a decision. */
    private static final class Trap extends PassingSink {
        private int decisionsUntilIts = Integer.MAX_VALUE;

        Trap(Sink next) {
            super(next);
        }

        @Override
        public void decision(String server, Decision decision) {
            if (decisionsUntilIts-- == 0) {
                throw new InvariantViolation("trap");
            }
            super.decision(server, decision);
        }
    }
}
