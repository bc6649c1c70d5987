package io.exitpool.core.pool;

import static io.exitpool.core.pool.ConfigDraft.range;
import static io.exitpool.core.pool.OneServer.endOf;
import static io.exitpool.core.pool.OneServer.holding;
import static io.exitpool.core.pool.OneServer.live;
import static io.exitpool.core.pool.OneServer.startOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.core.decision.Decision;
import io.exitpool.core.decision.RejectCause;
import io.exitpool.core.decision.ReleaseCause;
import io.exitpool.core.decision.Rung;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The image that is put together from rows is the image that wrote them. */
class ReloadTest {
    private final ConfigDraft draft = ConfigDraft.slots(6).minRest(60_000).shortenRestTo(20_000);
    private final OneServer server = OneServer.synced(draft.next());

    @Test
    void shouldKnowItsLeasesAndRest() {
        // given
        int first = server.grant(1).slot();
        int second = server.grant(2).slot();
        server.pass(10_000);
        server.end(2);
        server.pass(5_000);
        // when
        server.reload();
        // then
        assertThat(OneServer.granted(server.start(1)).slot()).isEqualTo(first);
        assertThat(server.status().resting()).isEqualTo(1);
        for (int n = 3; n <= 6; n++) {
            assertThat(server.grant(n).slot()).isNotEqualTo(second);
        }
        server.pass(15_000);
        assertThat(server.grant(7).rung()).isEqualTo(Rung.REST_SHORTENED);
    }

    @Test
    void shouldKnowWhichReleasesNobodyVouchedFor() {
        // given
        for (int n = 1; n <= 6; n++) {
            server.grant(n);
        }
        server.snapshot(live(1), live(2), live(3), live(4), live(5));
        // when
        server.reload();
        server.pass(30_000);
        // then
        assertThat(server.reject(7).cause()).isEqualTo(RejectCause.EXHAUSTED);
    }

    @Test
    void shouldKnowTheLastEventOfEveryKind() {
        // given, when, then
        server.grant(1);
        shouldNotHearAgain(startOf(1));
        server.end(1);
        shouldNotHearAgain(startOf(1));
        server.send(endOf(99));
        shouldNotHearAgain(startOf(2));
        server.snapshot(live(3));
        shouldNotHearAgain(startOf(2));
        server.send(server.part(0, 2, live(3)));
        shouldNotHearAgain(startOf(2));
        server.send(startOf(3));
        shouldNotHearAgain(startOf(2));
    }

    @Test
    void shouldKnowTheNumberOfAStartThatItRejected() {
        // given a start that was rejected, and a session that made room since
        OneServer full = OneServer.synced(ConfigDraft.slots(1).next());
        full.grant(1);
        full.reject(2);
        long rejected = full.seq;
        full.reload();
        // when its copy comes
        assertThat(full.send(full.epoch, rejected, startOf(2))).isEmpty();
        full.end(1);
        full.reload();
        // then
        assertThat(full.send(full.epoch, rejected, startOf(2))).isEmpty();
        assertThat(full.pools.sessions()).isZero();
    }

    @Test
    void shouldNotTakeTheNumbersOfAnOlderEpochForItsOwn() {
        // given slot and lease rows with high numbers
        for (int n = 0; n < 30; n++) {
            server.send(endOf(99));
        }
        server.grant(1);
        server.grant(2);
        server.end(2);
        // when
        server.restart();
        server.reload();
        // then
        assertThat(server.snapshot(live(1))).isEmpty();
        assertThat(server.seq).isEqualTo(2);
        server.grant(3);
    }

    @Test
    void shouldKnowThatItIsOutOfSync() {
        // given
        int slot = server.grant(1).slot();
        server.restart();
        // when
        server.reload();
        // then
        assertThat(server.reject(2).cause()).isEqualTo(RejectCause.NOT_SYNCED);
        assertThat(server.snapshot(holding(2, slot)))
                .extracting(Decision::outcome)
                .hasSize(2)
                .first()
                .hasFieldOrPropertyWithValue("cause", ReleaseCause.PASSED_ON);
    }

    @Test
    void shouldForgetHalfASnapshot() {
        // given
        server.send(server.part(0, 2, live(1)));
        // when
        server.reload();
        // then
        assertThat(server.send(server.part(1, 2, live(2)))).isEmpty();
        assertThat(server.pools.sessions()).isZero();
        assertThat(server.snapshot(live(1), live(2))).hasSize(2);
    }

    @Test
    void shouldKnowItsRetiringSlots() {
        // given
        server.grantWanting(1, 5);
        server.configure(draft.ranges(range(0, 5)).next());
        // when
        server.reload();
        // then
        assertThat(server.status().retiring()).containsExactly(5);
        server.end(1);
        server.reload();
        assertThat(server.status().retiring()).containsExactly(5);
        server.tickFor(60_000);
        assertThat(server.status().retiring()).isEmpty();
        server.reload();
        assertThat(server.status().slots()).isEqualTo(5);
    }

    @Test
    void shouldKnowThatItsConfigurationIsGone() {
        // given
        server.grantWanting(1, 5);
        server.remove();
        // when
        server.reload();
        // then
        assertThat(server.reject(2).cause()).isEqualTo(RejectCause.NO_POOL);
        server.end(1);
        server.reload();
        server.tickFor(60_000);
        assertThat(server.sink.takeGone()).containsExactly(OneServer.SERVER);
    }

    @Test
    void shouldGoOnCountingSilenceAndTheRest() {
        // given 200 s of silence, told by a row in between
        server.grant(1);
        server.tickFor(200_000);
        server.send(endOf(99));
        server.tickFor(1_000);
        // when
        server.reload();
        // then, with the first record of the new life for its start
        server.tick();
        assertThat(server.tickFor(98_000)).isEmpty();
        assertThat(server.tickFor(1_000)).hasSize(1);
        assertThat(server.status().counters()).isEqualTo(new PoolCounters(0, 0, 1, 0, 0, 0, 0));
    }

    @Test
    void shouldKnowTheLongestRestedSlot() {
        // given
        OneServer oldest =
                OneServer.synced(
                        ConfigDraft.slots(3)
                                .minRest(1_000)
                                .placement(PlacementPolicy.LONGEST_RESTED)
                                .next());
        int[] slot = new int[3];
        for (int n = 0; n < 3; n++) {
            slot[n] = oldest.grant(n).slot();
        }
        for (int n : new int[] {1, 2, 0}) {
            oldest.pass(10);
            oldest.end(n);
        }
        oldest.pass(1_000);
        // when
        oldest.reload();
        // then
        for (int n : new int[] {1, 2, 0}) {
            assertThat(oldest.grant(10 + n).slot()).isEqualTo(slot[n]);
        }
    }

    @Test
    void shouldReportWithItsFirstTick() {
        // given
        server.status();
        // when
        server.reload();
        server.tick();
        // then
        assertThat(server.sink.takeStatuses()).containsOnlyKeys(OneServer.SERVER);
    }

    @Test
    void shouldKnowTheNumberOfItsLastDecisionAfterEveryKind() {
        // given, when, then
        server.grantWanting(1, 0);
        shouldGoOnCounting();
        server.send(startOf(1));
        shouldGoOnCounting();
        server.end(1);
        shouldGoOnCounting();
        server.grantWanting(2, 1);
        server.grantWanting(3, 2);
        server.snapshot(live(2));
        shouldGoOnCounting();
        server.configure(draft.next(new Order.ReleaseSlot(1)));
        shouldGoOnCounting();
        server.grantWanting(4, 4);
        server.configure(draft.draining(true).next());
        server.reject(5);
        shouldGoOnCounting();
        server.configure(draft.draining(false).next());
        long old = server.epoch;
        server.restart();
        server.reject(6);
        shouldGoOnCounting();
        assertThat(server.snapshot(holding(14, 4))).hasSize(2);
        shouldGoOnCounting();
        assertThat(server.send(old, 900, startOf(7))).hasSize(1);
        shouldGoOnCounting();
        assertThat(server.tickFor(300_000)).hasSize(1);
        shouldGoOnCounting();
        server.snapshot(holding(8, 3));
        assertThat(server.configure(draft.next(new Order.Rebuild()))).hasSize(1);
        shouldGoOnCounting();
    }

    @Test
    void shouldKnowTheNumberOfItsLastDecisionWhenTheSlotThatItWasAboutIsGone() {
        // given
        server.grantWanting(1, 5);
        server.configure(draft.ranges(range(0, 5)).next());
        server.end(1);
        // when
        server.tickFor(60_000);
        // then
        assertThat(server.sink.rows(OneServer.SERVER).slots).isEmpty();
        shouldGoOnCounting();
    }

    @Test
    void shouldKnowTheRecordsThatWereRefused() {
        // given
        server.pools.onDeadLetter(OneServer.SERVER);
        server.tick();
        // when
        server.reload();
        // then
        assertThat(server.status().counters().deadLetters()).isEqualTo(1);
    }

    @Test
    void shouldComeBackWithNothingToKeep() {
        // given
        OneServer none = OneServer.unknown();
        // when
        none.reload();
        // then
        assertThat(none.pools.servers()).isZero();
        assertThat(none.configure(draft.next())).isEmpty();
        assertThat(none.status().lastSnapshotAt()).isEqualTo(OptionalLong.empty());
    }

    @Test
    void shouldReadAPoolOnceWhenItIsNeeded() {
        // given
        server.grant(1);
        server.reload();
        assertThat(server.pools.servers()).isEqualTo(1);
        assertThat(server.pools.sessions()).isZero();
        // when
        server.grant(2);
        // then
        assertThat(server.pools.servers()).isEqualTo(1);
        assertThat(server.pools.sessions()).isEqualTo(2);
        assertThat(server.pools.readNext()).isFalse();
    }

    @Test
    void shouldReadAPoolThatNothingIsHeardOf() {
        // given
        server.grant(1);
        server.reload();
        // when, then
        assertThat(server.pools.readNext()).isTrue();
        assertThat(server.pools.sessions()).isEqualTo(1);
        assertThat(server.pools.readNext()).isFalse();
    }

    /** What a decision's number was is known after a reload, before any Tick writes a row. */
    private void shouldGoOnCounting() {
        server.reload();
        assertThat(server.status().decisions()).isEqualTo(server.decided());
    }

    /** After a reload, an event that carries the number of the last one changes nothing. */
    private void shouldNotHearAgain(io.exitpool.core.event.EventBody body) {
        int sessions = server.pools.sessions();
        server.reload();
        assertThat(server.send(server.epoch, server.seq, body)).isEmpty();
        assertThat(server.pools.sessions()).isEqualTo(sessions);
    }
}
