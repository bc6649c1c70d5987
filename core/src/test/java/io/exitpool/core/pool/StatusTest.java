package io.exitpool.core.pool;

import static io.exitpool.core.pool.ConfigDraft.range;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What a pool reports of itself, and when. */
class StatusTest {
    private static final int FREE = 0;
    private static final int RESTING = 1 << 6;
    private static final int IN_USE = 2 << 6;
    private static final int SET_ASIDE = 3 << 6;

    @Test
    void shouldCountEverySlotOnceAndShowIt() {
        // given slots: in use twice, free, resting, set aside in use, set aside, retiring in use
        Targets place = new Targets(0.01, Optional.of("se"), Optional.of("sto"));
        ConfigDraft draft =
                ConfigDraft.slots(6)
                        .cap(2)
                        .minRest(60_000)
                        .setAside(3, 4)
                        .maxRestingShare(1)
                        .targets(place);
        OneServer server = OneServer.synced(draft.next());
        server.grantWanting(1, 0);
        server.grantWanting(2, 0);
        server.grantWanting(3, 2);
        server.grantHolding(4, 3);
        server.grantWanting(5, 5);
        server.end(3);
        server.configure(draft.ranges(range(0, 5)).next());
        // when
        PoolStatus status = server.status();
        // then
        assertThat(status.slotMap().orElseThrow())
                .containsExactly(
                        IN_USE | 2, FREE, RESTING, SET_ASIDE | 1, SET_ASIDE, SET_ASIDE | 1);
        assertThat(status)
                .usingRecursiveComparison()
                .ignoringFields("slotMap")
                .isEqualTo(
                        new PoolStatus(
                                server.now,
                                OneServer.BEGIN * 1_000 + 6,
                                OptionalLong.of(server.epoch),
                                OptionalLong.of(2),
                                true,
                                OptionalLong.of(OneServer.BEGIN),
                                0,
                                Optional.empty(),
                                6,
                                1,
                                1,
                                1,
                                3,
                                4,
                                List.of(2, 1),
                                2,
                                60_000,
                                place,
                                false,
                                List.of(5),
                                Optional.empty(),
                                PoolCounters.ZERO));
    }

    @Test
    void shouldCountSlotsByTheirLoadWhateverElseTheyAre() {
        // given loads of 3, 1 and 1, the first on a slot that is shared beyond its cap since
        ConfigDraft draft = ConfigDraft.slots(4).cap(3);
        OneServer server = OneServer.synced(draft.next());
        assertThat(server.status().loads()).isEmpty();
        for (int n = 1; n <= 3; n++) {
            server.grantWanting(n, 0);
        }
        server.grantWanting(4, 1);
        server.grantWanting(5, 2);
        assertThat(server.status().loads()).containsExactly(2, 0, 1);
        // when slot 1 is set aside and slot 2 retires
        server.configure(draft.cap(1).setAside(1).ranges(range(0, 2), range(3, 1)).next());
        // then
        assertThat(server.status().loads()).containsExactly(2, 0, 1);
        assertThat(server.status().retiring()).containsExactly(2);
        server.end(1);
        assertThat(server.status().loads()).containsExactly(2, 1);
        server.end(4);
        server.end(5);
        assertThat(server.status().loads()).containsExactly(0, 1);
        server.end(2);
        server.end(3);
        assertThat(server.status().loads()).isEmpty();
    }

    @Test
    void shouldTellForHowLongNoSnapshotCame() {
        // given
        OneServer server = OneServer.synced(ConfigDraft.slots(3).next());
        server.tickFor(40_000);
        assertThat(server.status().silentMillis()).isEqualTo(40_000);
        // when the log is silent for longer than counts
        server.pass(100_000);
        // then
        assertThat(server.status().silentMillis()).isEqualTo(40_000);
        server.snapshot();
        assertThat(server.status().silentMillis()).isZero();
    }

    @Test
    void shouldCountRecordsThatWereRefused() {
        // given
        ConfigDraft draft = ConfigDraft.slots(3);
        PoolConfig first = draft.next();
        OneServer server = OneServer.synced(draft.next());
        server.tick();
        server.sink.takeStatuses();
        // when an epoch of next week, a configuration of last week, and one not to be believed
        long ahead = (server.now + 7 * 86_400_000L) * 1_000;
        assertThat(server.send(ahead, 1, OneServer.startOf(1))).isEmpty();
        server.configure(first);
        assertThat(server.sink.takeDeadLetters()).hasSize(2);
        server.pools.onDeadLetter(OneServer.SERVER);
        server.pools.onDeadLetter("us-nyc-wg-601");
        // then it is worth a status
        server.tickFor(1_000);
        assertThat(server.sink.takeStatuses().get(OneServer.SERVER).counters())
                .isEqualTo(new PoolCounters(0, 0, 0, 0, 0, 0, 3));
    }

    @Test
    void shouldShowSixtyThreeForEveryHigherLoad() {
        // given
        OneServer server = OneServer.synced(ConfigDraft.slots(1).cap(100).next());
        // when, then
        for (int n = 1; n <= 100; n++) {
            server.grant(n);
            if (n >= 62 && n <= 65 || n == 100) {
                assertThat(server.status().slotMap().orElseThrow())
                        .containsExactly(IN_USE | Math.min(n, 63));
            }
        }
        assertThat(server.status().sessions()).isEqualTo(100);
    }

    @Test
    void shouldLeaveOutTheMapOfALargePool() {
        assertThat(OneServer.synced(ConfigDraft.slots(1_024).next()).status().slotMap())
                .hasValueSatisfying(map -> assertThat(map).hasSize(1_024));
        assertThat(OneServer.synced(ConfigDraft.slots(1_025).next()).status().slotMap()).isEmpty();
    }

    @Test
    void shouldReportWhenSomethingHappenedAndOtherwiseEveryTenSeconds() {
        // given
        OneServer server = OneServer.synced(ConfigDraft.slots(3).next());
        server.tick();
        server.sink.takeStatuses();
        // when nothing happens
        for (int second = 1; second <= 30; second++) {
            server.tickFor(1_000);
            assertThat(server.sink.takeStatuses().containsKey(OneServer.SERVER))
                    .as("after %d s", second)
                    .isEqualTo(second % 10 == 0);
        }
        // when something does
        server.pass(1_000);
        server.grant(1);
        server.tick();
        // then
        assertThat(server.sink.takeStatuses().get(OneServer.SERVER).inUse()).isEqualTo(1);
        server.tickFor(1_000);
        assertThat(server.sink.takeStatuses()).isEmpty();
    }

    @Test
    void shouldReportAServerThatHasNotSpokenYet() {
        // given
        OneServer server = OneServer.configured(ConfigDraft.slots(3).next());
        // when
        PoolStatus status = server.status();
        // then
        assertThat(status.epoch()).isEmpty();
        assertThat(status.synced()).isFalse();
        assertThat(status.lastSnapshotAt()).isEmpty();
        assertThat(status.free()).isEqualTo(3);
        assertThat(status.watermark()).isEqualTo(server.now);
    }

    @Test
    void shouldTellThatRestIsOverWithoutAnyEvent() {
        // given
        OneServer server = OneServer.synced(ConfigDraft.slots(1).minRest(60_000).next());
        server.grant(1);
        server.end(1);
        assertThat(server.status().resting()).isEqualTo(1);
        // when
        server.tickFor(60_000);
        // then
        assertThat(server.sink.takeStatuses().get(OneServer.SERVER).free()).isEqualTo(1);
    }
}
