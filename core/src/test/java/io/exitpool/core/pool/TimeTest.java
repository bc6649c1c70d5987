package io.exitpool.core.pool;

import static io.exitpool.core.pool.OneServer.endOf;
import static io.exitpool.core.pool.OneServer.holding;
import static io.exitpool.core.pool.OneServer.live;
import static io.exitpool.core.pool.OneServer.only;
import static io.exitpool.core.pool.OneServer.outcomes;
import static io.exitpool.core.pool.OneServer.session;
import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.core.decision.Choice;
import io.exitpool.core.decision.Decision;
import io.exitpool.core.decision.RejectCause;
import io.exitpool.core.decision.Rejected;
import io.exitpool.core.decision.ReleaseCause;
import io.exitpool.core.decision.Released;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Time is a record: silence, gaps in the log, and times that go back. */
class TimeTest {
    private static final long TTL = 300_000;

    private final PoolConfig config = ConfigDraft.slots(10).minRest(60_000).leaseTtl(TTL).next();

    @Test
    void shouldReleaseEverythingAfterLeaseTtlOfSilence() {
        // given
        OneServer server = OneServer.synced(config);
        int slot = server.grant(1).slot();
        long grantedAt = server.now / 1000;
        // when, then
        assertThat(server.tickFor(TTL - 1)).isEmpty();
        server.pass(1);
        assertThat(server.tick())
                .containsExactly(
                        new Decision(
                                session(1),
                                server.number(),
                                OptionalLong.of(server.epoch),
                                OptionalLong.empty(),
                                OptionalLong.of(config.version()),
                                new Released(slot, ReleaseCause.EXPIRED, grantedAt, 0)));
        assertThat(server.sink.rows(OneServer.SERVER).slots.get(slot).reported()).isFalse();
        assertThat(server.status().synced()).isFalse();
        // then it is out of sync until the next snapshot, which takes the tunnel up again
        assertThat(server.start(2)).isEqualTo(new Rejected(RejectCause.NOT_SYNCED, 0, 0));
        assertThat(OneServer.granted(only(server.snapshot(holding(1, slot)))).choice())
                .isEqualTo(Choice.ADOPTED);
    }

    @Test
    void shouldNotLetAConfigurationMoveTimeAheadOfEventsThatWaitInTheLog() {
        // given a lease, and a tick just before its pool would be silent for too long
        OneServer server = OneServer.synced(config);
        server.grant(1);
        server.tickFor(TTL - 20_000);
        long read = server.now;
        // when a configuration of another server is read that was written later than what waits
        server.pools.onConfig(
                "no-osl-wg-101", Optional.of(ConfigDraft.slots(2).next()), read + 25_000);
        // then the next tick finds its own time, and nothing has expired
        server.now = read;
        server.pass(1_000);
        assertThat(server.tick()).isEmpty();
    }

    @Test
    void shouldNotTakeStartsAndEndsForARenewal() {
        // given a server whose snapshots are lost
        OneServer server = OneServer.synced(config);
        server.grant(1);
        // when
        for (int n = 0; n < 29; n++) {
            server.tickFor(10_000);
            server.send(endOf(99));
        }
        server.tickFor(9_000);
        server.pass(1_000);
        // then an event is as good as a tick to notice it, and what it says comes after
        assertThat(outcomes(server.send(endOf(1))))
                .singleElement()
                .hasFieldOrPropertyWithValue("cause", ReleaseCause.EXPIRED);
    }

    @Test
    void shouldGoOnAsLongAsSnapshotsCome() {
        // given
        OneServer server = OneServer.synced(config);
        server.grant(1);
        // when, then
        for (int n = 0; n < 40; n++) {
            assertThat(server.tickFor(30_000)).isEmpty();
            assertThat(server.snapshot(live(1))).isEmpty();
        }
        assertThat(server.pools.sessions()).isEqualTo(1);
    }

    @Test
    void shouldNotExpireWhatWasMerelyWaitingInTheLog() {
        // given
        OneServer server = OneServer.synced(config);
        server.grant(1);
        server.tickFor(10_000);
        // when the partition says nothing for a day, and then the events of an hour come
        server.pass(86_400_000);
        // then
        assertThat(server.tick()).isEmpty();
        assertThat(server.snapshot(live(1))).isEmpty();
        assertThat(server.pools.sessions()).isEqualTo(1);
    }

    @Test
    void shouldCountGapsOfThirtySecondsAndNotLonger() {
        // given
        OneServer server = OneServer.synced(config);
        server.grant(1);
        // when
        for (int n = 0; n < 100; n++) {
            server.pass(30_001);
            assertThat(server.tick()).isEmpty();
        }
        for (int n = 0; n < 9; n++) {
            server.pass(30_000);
            assertThat(server.tick()).isEmpty();
        }
        server.pass(30_000);
        // then
        assertThat(server.tick()).hasSize(1);
    }

    @Test
    void shouldLetSlotsRestThroughAGap() {
        // given rest is of the address and the world, not of the log
        OneServer server = OneServer.synced(ConfigDraft.slots(1).minRest(60_000).next());
        server.grant(1);
        server.end(1);
        // when
        server.pass(60_000);
        // then
        assertThat(server.grant(2).gapMillis()).isEqualTo(OptionalLong.of(60_000));
    }

    @Test
    void shouldNotGoBackInTime() {
        // given
        OneServer server = OneServer.synced(ConfigDraft.slots(1).minRest(60_000).next());
        server.grant(1);
        server.pass(5_000);
        server.end(1);
        // when a record's append time is older than its predecessor's
        server.pass(-4_000);
        assertThat(server.reject(2).retryAfterMillis()).isEqualTo(60_000);
        assertThat(server.status().watermark()).isEqualTo(OneServer.BEGIN + 5_000);
        // then time goes on from where it was
        server.pass(63_999);
        assertThat(server.reject(2).retryAfterMillis()).isEqualTo(1_000);
        server.pass(1);
        server.grant(2);
    }

    @Test
    void shouldExpireLeasesOfAnEpochWhoseSnapshotNeverCame() {
        // given
        OneServer server = OneServer.synced(config);
        server.grant(1);
        server.restart();
        // when
        List<Decision> told = server.tickFor(TTL);
        // then
        assertThat(outcomes(told))
                .singleElement()
                .hasFieldOrPropertyWithValue("cause", ReleaseCause.EXPIRED);
        assertThat(server.tickFor(2 * TTL)).isEmpty();
    }

    @Test
    void shouldVoidThePartsOfASnapshotWhenItExpires() {
        // given
        OneServer server = OneServer.synced(config);
        server.grant(1);
        server.tickFor(TTL - 1_000);
        server.send(server.part(0, 2, live(1)));
        // when
        assertThat(server.tickFor(1_000)).hasSize(1);
        // then
        assertThat(server.send(server.part(1, 2))).isEmpty();
        assertThat(server.status().synced()).isFalse();
    }
}
