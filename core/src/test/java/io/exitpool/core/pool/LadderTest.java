package io.exitpool.core.pool;

import static io.exitpool.core.pool.OneServer.live;
import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.core.decision.Choice;
import io.exitpool.core.decision.Granted;
import io.exitpool.core.decision.Outcome;
import io.exitpool.core.decision.RejectCause;
import io.exitpool.core.decision.Rejected;
import io.exitpool.core.decision.ReleaseCause;
import io.exitpool.core.decision.Rung;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Rule 5: what a dry pool does, and the bound on resting slots. */
class LadderTest {
    @Test
    void shouldShortenTheRestDownToItsFloorOnlyWhenDry() {
        // given
        OneServer server =
                OneServer.synced(ConfigDraft.slots(2).minRest(60_000).shortenRestTo(20_000).next());
        server.grant(1);
        server.grant(2);
        server.end(1);
        // when, then
        server.pass(19_999);
        assertThat(server.reject(3).cause()).isEqualTo(RejectCause.EXHAUSTED);
        server.pass(1);
        Granted granted = server.grant(3);
        assertThat(granted.choice()).isEqualTo(Choice.PLACED);
        assertThat(granted.rung()).isEqualTo(Rung.REST_SHORTENED);
        assertThat(granted.gapMillis()).isEqualTo(OptionalLong.of(20_000));
    }

    @Test
    void shouldPreferARestedSlotToAShortenedRest() {
        // given one slot past its floor, one never used
        OneServer server =
                OneServer.synced(ConfigDraft.slots(2).minRest(60_000).shortenRestTo(0).next());
        int used = server.grant(1).slot();
        server.end(1);
        // when, then
        Granted granted = server.grant(2);
        assertThat(granted.slot()).isNotEqualTo(used);
        assertThat(granted.rung()).isEqualTo(Rung.REGULAR);
        assertThat(server.grant(3).rung()).isEqualTo(Rung.REST_SHORTENED);
    }

    @Test
    void shouldNotGrantAWantedSlotThatRestsByTheLadder() {
        // given
        OneServer server =
                OneServer.synced(ConfigDraft.slots(2).minRest(60_000).shortenRestTo(0).next());
        server.grantWanting(1, 0);
        server.end(1);
        // when, then the wish is for a resting slot, and the pool is not dry
        assertThat(server.grantWanting(2, 0).slot()).isEqualTo(1);
    }

    @Test
    void shouldNotShortenTheRestOfASlotThatNobodyVouchedFor() {
        // given a release that only a snapshot tells of
        OneServer server =
                OneServer.synced(ConfigDraft.slots(1).minRest(60_000).shortenRestTo(1_000).next());
        server.grant(1);
        List<Outcome> released = OneServer.outcomes(server.snapshot());
        assertThat(released).hasSize(1);
        // when, then
        server.pass(59_999);
        assertThat(server.reject(2).cause()).isEqualTo(RejectCause.EXHAUSTED);
        server.pass(1);
        assertThat(server.grant(2).rung()).isEqualTo(Rung.REGULAR);
    }

    @Test
    void shouldShareUpToCapMaxWhenDry() {
        // given
        OneServer server =
                OneServer.synced(ConfigDraft.slots(2).minRest(60_000).shareUpTo(3).next());
        server.grant(1);
        server.grant(2);
        // when, then the least loaded slots come first
        for (int n = 3; n <= 6; n++) {
            Granted shared = server.grant(n);
            assertThat(shared.rung()).isEqualTo(Rung.SHARED);
            assertThat(shared.choice()).isEqualTo(Choice.PLACED);
            assertThat(shared.gapMillis()).isEmpty();
            assertThat(shared.loadAfter()).isEqualTo(n <= 4 ? 2 : 3);
        }
        assertThat(server.start(7)).isEqualTo(new Rejected(RejectCause.EXHAUSTED, 60_000, 0));
    }

    @Test
    void shouldShortenBeforeItShares() {
        // given
        OneServer server =
                OneServer.synced(
                        ConfigDraft.slots(2).minRest(60_000).shortenRestTo(0).shareUpTo(2).next());
        server.grant(1);
        server.grant(2);
        server.end(1);
        // when, then
        assertThat(server.grant(3).rung()).isEqualTo(Rung.REST_SHORTENED);
        assertThat(server.grant(4).rung()).isEqualTo(Rung.SHARED);
    }

    @Test
    void shouldNotShareARestingSlot() {
        // given all slots rest
        OneServer server =
                OneServer.synced(ConfigDraft.slots(1).minRest(60_000).shareUpTo(2).next());
        server.grant(1);
        server.end(1);
        // when, then
        assertThat(server.reject(2).cause()).isEqualTo(RejectCause.EXHAUSTED);
    }

    @Test
    void shouldTakeTheOldestBackEarlyWhenTooManyRest() {
        // given four slots of which at most two rest
        OneServer server =
                OneServer.synced(ConfigDraft.slots(4).minRest(60_000).maxRestingShare(0.5).next());
        int[] slot = new int[4];
        for (int n = 0; n < 4; n++) {
            slot[n] = server.grant(n).slot();
        }
        for (int n = 0; n < 3; n++) {
            server.pass(1_000);
            server.end(n);
        }
        // when, then
        server.pass(500);
        Granted early = server.grant(10);
        assertThat(early.slot()).isEqualTo(slot[0]);
        assertThat(early.rung()).isEqualTo(Rung.REST_CAPPED);
        assertThat(early.gapMillis()).isEqualTo(OptionalLong.of(2_500));
        assertThat(server.reject(11).cause()).isEqualTo(RejectCause.EXHAUSTED);
    }

    @Test
    void shouldNameTheBentPromiseForAWantedSlotToo() {
        // given
        OneServer server =
                OneServer.synced(ConfigDraft.slots(2).minRest(60_000).maxRestingShare(0).next());
        server.grantWanting(1, 1);
        server.end(1);
        // when
        Granted granted = server.grantWanting(2, 1);
        // then
        assertThat(granted.choice()).isEqualTo(Choice.WANTED);
        assertThat(granted.rung()).isEqualTo(Rung.REST_CAPPED);
    }

    @Test
    void shouldNeverEvictALiveSession() {
        // given
        OneServer server = OneServer.synced(ConfigDraft.slots(3).next());
        server.grant(1);
        server.grant(2);
        server.grant(3);
        // when, then
        for (int n = 4; n < 50; n++) {
            server.reject(n);
        }
        assertThat(server.snapshot(live(1), live(2), live(3))).isEmpty();
        assertThat(server.pools.sessions()).isEqualTo(3);
    }

    @Test
    void shouldSayWhichAttemptItAnswers() {
        // given
        OneServer server = OneServer.synced(ConfigDraft.slots(1).next());
        server.grant(1);
        // when, then
        assertThat(OneServer.only(server.send(OneServer.retry(2, 4))))
                .isEqualTo(new Rejected(RejectCause.EXHAUSTED, 1_000, 4));
        server.end(1);
        Granted granted = OneServer.granted(OneServer.only(server.send(OneServer.retry(2, 5))));
        assertThat(granted.attempt()).isEqualTo(5);
    }

    @Test
    void shouldTellTheAgentsOwnWordFromTheOthers() {
        assertThat(List.of(ReleaseCause.values()).stream().filter(ReleaseCause::reported))
                .containsExactly(ReleaseCause.ENDED);
    }
}
