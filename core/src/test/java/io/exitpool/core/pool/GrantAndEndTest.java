package io.exitpool.core.pool;

import static io.exitpool.core.pool.OneServer.endOf;
import static io.exitpool.core.pool.OneServer.only;
import static io.exitpool.core.pool.OneServer.retry;
import static io.exitpool.core.pool.OneServer.session;
import static io.exitpool.core.pool.OneServer.startOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.core.decision.Addresses;
import io.exitpool.core.decision.Choice;
import io.exitpool.core.decision.Granted;
import io.exitpool.core.decision.RejectCause;
import io.exitpool.core.decision.Rejected;
import io.exitpool.core.decision.ReleaseCause;
import io.exitpool.core.decision.Released;
import io.exitpool.core.decision.Rung;
import io.exitpool.core.event.AgentEvent;
import io.exitpool.core.event.ServerStarted;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Rules 1 and 2: starts, ends, and copies of both. */
class GrantAndEndTest {
    private final PoolConfig oneSlot = ConfigDraft.slots(1).next();

    @Test
    void shouldGrantAStartAndTellExactlyWhat() {
        // given
        OneServer server = OneServer.synced(oneSlot);
        // when, then
        assertThat(server.send(startOf(1)))
                .containsExactly(server.answer(1, oneSlot, fresh(OptionalLong.empty())));
        assertThat(server.sink.rows(OneServer.SERVER).leases)
                .containsExactly(
                        java.util.Map.entry(
                                session(1),
                                new LeaseRow(
                                        0,
                                        server.epoch,
                                        server.seq,
                                        server.now / 1000,
                                        server.now * 1_000 + 1)));
    }

    @Test
    void shouldWriteOneRowForAStartAndTwoForAnEnd() {
        // given
        OneServer server = OneServer.synced(oneSlot);
        server.sink.takeRowChanges();
        // when, then
        server.grant(1);
        assertThat(server.sink.takeRowChanges()).isEqualTo(1);
        server.end(1);
        assertThat(server.sink.takeRowChanges()).isEqualTo(2);
    }

    @Test
    void shouldReleaseAtTheEndAndLetTheSlotRest() {
        // given
        OneServer server = OneServer.synced(oneSlot);
        server.grant(1);
        long grantedAt = server.now / 1000;
        server.pass(2_500);
        // when, then
        assertThat(server.send(endOf(1)))
                .containsExactly(
                        server.answer(
                                1, oneSlot, new Released(0, ReleaseCause.ENDED, grantedAt, 0)));
        RecordingSink.Rows rows = server.sink.rows(OneServer.SERVER);
        assertThat(rows.leases).isEmpty();
        assertThat(rows.slots)
                .containsExactly(
                        java.util.Map.entry(
                                0,
                                new SlotRow(
                                        server.now,
                                        true,
                                        server.epoch,
                                        server.seq,
                                        OneServer.BEGIN * 1_000 + 2)));
        server.pass(1_500);
        assertThat(server.send(startOf(2)))
                .containsExactly(server.answer(2, oneSlot, fresh(OptionalLong.of(1_500))));
    }

    @Test
    void shouldRepeatTheGrantOfASessionThatHasItsLease() {
        // given
        OneServer server = OneServer.synced(ConfigDraft.slots(50).next());
        Granted first = server.grant(1);
        server.pass(700);
        // when
        Granted again = OneServer.granted(only(server.send(retry(1, 3))));
        // then
        assertThat(again)
                .isEqualTo(
                        new Granted(
                                first.slot(),
                                first.addresses(),
                                Choice.PLACED,
                                Rung.REGULAR,
                                OptionalLong.empty(),
                                1,
                                3,
                                true));
        assertThat(server.pools.sessions()).isEqualTo(1);
    }

    @Test
    void shouldNotChangeAnythingForACopyOfAnEvent() {
        // given
        OneServer server = OneServer.synced(oneSlot);
        server.grant(1);
        long ofStart = server.seq;
        // when, then
        assertThat(server.send(server.epoch, ofStart, startOf(1))).isEmpty();
        server.end(1);
        assertThat(server.send(server.epoch, server.seq, endOf(1))).isEmpty();
        PoolCounters counters = server.status().counters();
        assertThat(counters).isEqualTo(new PoolCounters(2, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void shouldNotMakeAGhostOfAStartThatComesAfterItsEnd() {
        // given
        OneServer server = OneServer.synced(oneSlot);
        server.grant(1);
        long ofStart = server.seq;
        server.end(1);
        // when, then
        assertThat(server.send(server.epoch, ofStart, startOf(1))).isEmpty();
        assertThat(server.pools.sessions()).isZero();
    }

    @Test
    void shouldCountAnEndThatNobodyStarted() {
        // given
        OneServer server = OneServer.synced(oneSlot);
        server.grant(1);
        // when, then
        assertThat(server.send(endOf(2))).isEmpty();
        assertThat(server.pools.sessions()).isEqualTo(1);
        assertThat(server.status().counters()).isEqualTo(new PoolCounters(0, 0, 1, 0, 0, 0, 0));
    }

    @Test
    void shouldNeverTakeAnothersLeaseForALateEnd() {
        // given a slot that went from one session to another
        OneServer server = OneServer.synced(oneSlot);
        server.grant(1);
        server.end(1);
        server.grant(2);
        // when the first session's end comes once more, under a new number
        assertThat(server.send(endOf(1))).isEmpty();
        // then
        assertThat(server.end(2).slot()).isZero();
    }

    @Test
    void shouldRejectEveryStartOfAServerThatNobodyConfigured() {
        // given
        OneServer server = OneServer.unknown();
        // when, then
        assertThat(server.send(new ServerStarted())).isEmpty();
        assertThat(server.snapshot(OneServer.live(1))).isEmpty();
        assertThat(only(server.send(retry(1, 2))))
                .isEqualTo(new Rejected(RejectCause.NO_POOL, 60_000, 2));
        assertThat(server.send(endOf(1))).isEmpty();
        assertThat(server.tick()).isEmpty();
        assertThat(server.sink.takeStatuses()).isEmpty();
        assertThat(server.pools.servers()).isZero();
    }

    @Test
    void shouldCountAnAgentsClockThatIsMoreThanFiveMinutesOff() {
        // given
        OneServer server = OneServer.synced(oneSlot);
        long second = server.now / 1000;
        // when
        server.send(new AgentEvent(server.epoch, ++server.seq, second - 300, endOf(8)));
        server.send(new AgentEvent(server.epoch, ++server.seq, second + 300, endOf(8)));
        server.send(new AgentEvent(server.epoch, ++server.seq, second - 600, startOf(1)));
        server.send(new AgentEvent(server.epoch, ++server.seq, second + 301, endOf(8)));
        // then the rules went on regardless
        assertThat(server.pools.sessions()).isEqualTo(1);
        assertThat(server.status().counters()).isEqualTo(new PoolCounters(0, 0, 3, 0, 0, 2, 0));
    }

    private static Granted fresh(OptionalLong gap) {
        return new Granted(
                0,
                Addresses.ofV4(ConfigDraft.DOCUMENTATION_V4),
                Choice.PLACED,
                Rung.REGULAR,
                gap,
                1,
                0,
                false);
    }
}
