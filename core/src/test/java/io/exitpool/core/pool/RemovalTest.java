package io.exitpool.core.pool;

import static io.exitpool.core.pool.OneServer.holding;
import static io.exitpool.core.pool.OneServer.live;
import static io.exitpool.core.pool.OneServer.session;
import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.core.decision.Decision;
import io.exitpool.core.decision.RejectCause;
import io.exitpool.core.decision.Rejected;
import io.exitpool.core.decision.ReleaseCause;
import io.exitpool.core.decision.Released;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** A server whose configuration is gone, and orders that an operator gives. */
class RemovalTest {
    private final ConfigDraft draft = ConfigDraft.slots(4).minRest(60_000);
    private final OneServer server = OneServer.synced(draft.next());

    @Test
    void shouldKeepARemovedServerUntilItIsEmptyAndRested() {
        // given
        server.grantWanting(1, 2);
        // when
        assertThat(server.remove()).isEmpty();
        // then it takes nobody new
        assertThat(server.send(OneServer.startOf(2)))
                .containsExactly(
                        new Decision(
                                session(2),
                                server.number(),
                                OptionalLong.of(server.epoch),
                                OptionalLong.of(server.seq),
                                OptionalLong.empty(),
                                new Rejected(RejectCause.NO_POOL, 60_000, 0)));
        PoolStatus status = server.status();
        assertThat(status.configVersion()).isEmpty();
        assertThat(status.retiring()).containsExactly(2);
        assertThat(status.slots()).isEqualTo(1);
        // when its last session ends, then it rests, and then it is gone with all its rows
        server.end(1);
        server.tickFor(59_000);
        assertThat(server.sink.takeGone()).isEmpty();
        server.tickFor(1_000);
        assertThat(server.sink.takeGone()).containsExactly(OneServer.SERVER);
        assertThat(server.sink.knowsNothingOf(OneServer.SERVER)).isTrue();
        assertThat(server.pools.servers()).isZero();
        assertThat(server.start(3)).isEqualTo(new Rejected(RejectCause.NO_POOL, 60_000, 0));
    }

    @Test
    void shouldForgetAnEmptyServerWithTheNextTick() {
        // when
        server.remove();
        server.sink.takeStatuses();
        server.tickFor(1_000);
        // then no status follows the one that says it is gone
        assertThat(server.sink.takeGone()).containsExactly(OneServer.SERVER);
        assertThat(server.sink.takeStatuses()).isEmpty();
    }

    @Test
    void shouldAdoptOnARetiringSlotOfARemovedServer() {
        // given
        server.grantWanting(1, 2);
        server.remove();
        // when the agent comes back
        server.restart();
        assertThat(server.snapshot(holding(11, 2))).hasSize(2);
        // then
        assertThat(server.end(11))
                .isEqualTo(new Released(2, ReleaseCause.ENDED, server.now / 1000, 0));
    }

    @Test
    void shouldTakeARemovedServerBackWhateverTheVersion() {
        // given
        server.grantWanting(1, 2);
        server.configure(draft.next());
        server.remove();
        // when
        assertThat(server.configure(draft.as(1, java.util.Optional.empty()))).isEmpty();
        // then
        assertThat(server.sink.takeDeadLetters()).isEmpty();
        assertThat(server.status().configVersion()).isEqualTo(OptionalLong.of(1));
        assertThat(server.snapshot(live(1))).isEmpty();
        server.grant(2);
    }

    @Test
    void shouldNotMindARemovalOfWhatIsNotThere() {
        OneServer other = OneServer.unknown();
        assertThat(other.remove()).isEmpty();
        assertThat(other.tick()).isEmpty();
    }

    @Test
    void shouldNotMindASecondRemoval() {
        server.grantWanting(1, 2);
        server.remove();
        server.remove();
        assertThat(server.pools.sessions()).isEqualTo(1);
        assertThat(server.status().retiring()).containsExactly(2);
    }

    @Test
    void shouldExpireARemovedServerThatFallsSilent() {
        // given
        server.grantWanting(1, 2);
        server.remove();
        // when
        assertThat(server.tickFor(300_000)).hasSize(1);
        server.tickFor(60_000);
        // then
        assertThat(server.sink.takeGone()).containsExactly(OneServer.SERVER);
    }

    @Test
    void shouldReleaseEverySessionOfASlotOnce() {
        // given
        OneServer shared = OneServer.synced(draft.cap(3).next());
        for (int n = 1; n <= 3; n++) {
            shared.grantWanting(n, 1);
        }
        shared.grantWanting(4, 0);
        // when
        long version = draft.as(9, java.util.Optional.empty()).version();
        PoolConfig withOrder = draft.as(version, java.util.Optional.of(new Order.ReleaseSlot(1)));
        // then
        assertThat(shared.configure(withOrder))
                .extracting(Decision::outcome)
                .containsExactlyInAnyOrder(
                        new Released(1, ReleaseCause.OPERATOR, shared.now / 1000, 2),
                        new Released(1, ReleaseCause.OPERATOR, shared.now / 1000, 1),
                        new Released(1, ReleaseCause.OPERATOR, shared.now / 1000, 0));
        assertThat(shared.pools.sessions()).isEqualTo(1);
        // when the configuration is read again, then the order is not
        shared.pass(60_000);
        shared.grantWanting(5, 1);
        assertThat(shared.configure(withOrder)).isEmpty();
        shared.reload();
        assertThat(shared.configure(withOrder)).isEmpty();
        assertThat(shared.pools.sessions()).isEqualTo(2);
    }

    @Test
    void shouldReleaseASlotThatTheSameChangeRemoves() {
        // given
        server.grantWanting(1, 3);
        // when
        assertThat(
                        server.configure(
                                draft.ranges(ConfigDraft.range(0, 3))
                                        .next(new Order.ReleaseSlot(3))))
                .hasSize(1);
        // then
        assertThat(server.status().retiring()).containsExactly(3);
    }

    @Test
    void shouldNotMindAnOrderForASlotThatThePoolLacks() {
        server.grant(1);
        assertThat(server.configure(draft.next(new Order.ReleaseSlot(99)))).isEmpty();
        assertThat(server.pools.sessions()).isEqualTo(1);
    }

    @Test
    void shouldRebuildFromTheNextSnapshot() {
        // given
        int slot = server.grant(1).slot();
        server.grant(2);
        server.send(OneServer.endOf(99));
        // when
        assertThat(server.configure(draft.next(new Order.Rebuild())))
                .extracting(Decision::session)
                .containsExactlyInAnyOrder(session(1), session(2));
        // then nothing is left but its configuration and its own row
        RecordingSink.Rows rows = server.sink.rows(OneServer.SERVER);
        assertThat(rows.leases).isEmpty();
        assertThat(rows.slots).isEmpty();
        assertThat(server.status().counters()).isEqualTo(PoolCounters.ZERO);
        assertThat(server.start(3)).isEqualTo(new Rejected(RejectCause.NOT_SYNCED, 0, 0));
        assertThat(OneServer.granted(OneServer.only(server.snapshot(holding(1, slot)))).slot())
                .isEqualTo(slot);
    }
}
