package io.exitpool.core.pool;

import static io.exitpool.core.pool.OneServer.only;
import static io.exitpool.core.pool.OneServer.startWanting;
import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.core.decision.Choice;
import io.exitpool.core.decision.Granted;
import io.exitpool.core.decision.RejectCause;
import io.exitpool.core.decision.Rejected;
import io.exitpool.core.decision.Rung;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Rule 3: what is eligible, and rest, for exclusive and for shared slots. */
class RestTest {
    @Test
    void shouldNotGrantASlotBeforeItHasRested() {
        // given
        OneServer server = OneServer.synced(ConfigDraft.slots(1).minRest(30_000).next());
        server.grant(1);
        server.end(1);
        // when, then
        server.pass(29_999);
        assertThat(server.reject(2)).isEqualTo(new Rejected(RejectCause.EXHAUSTED, 1_000, 0));
        server.pass(1);
        Granted granted = server.grant(2);
        assertThat(granted.gapMillis()).isEqualTo(OptionalLong.of(30_000));
        assertThat(granted.rung()).isEqualTo(Rung.REGULAR);
    }

    @Test
    void shouldTellWhenTheNextSlotHasRested() {
        // given
        OneServer server = OneServer.synced(ConfigDraft.slots(2).minRest(45_000).next());
        server.grant(1);
        server.grant(2);
        assertThat(server.reject(3).retryAfterMillis())
                .as("none rests: all of it")
                .isEqualTo(45_000);
        server.end(1);
        server.pass(10_000);
        server.end(2);
        // when, then
        server.pass(5_000);
        assertThat(server.reject(3).retryAfterMillis()).isEqualTo(30_000);
    }

    @Test
    void shouldKeepTheRetryWithinItsBounds() {
        // given
        OneServer server = OneServer.synced(ConfigDraft.slots(1).minRest(3_600_000).next());
        server.grant(1);
        server.end(1);
        // when, then
        assertThat(server.reject(2).retryAfterMillis()).isEqualTo(60_000);
        server.pass(3_599_999);
        assertThat(server.reject(2).retryAfterMillis()).isEqualTo(1_000);
    }

    @Test
    void shouldGrantSlotsThatWereNeverUsedWithoutAGap() {
        // given
        OneServer server = OneServer.synced(ConfigDraft.slots(2).minRest(60_000).next());
        // when, then
        assertThat(server.grant(1).gapMillis()).isEmpty();
        assertThat(server.grant(2).gapMillis()).isEmpty();
    }

    @Test
    void shouldFillASharedSlotUpToItsCap() {
        // given
        OneServer server = OneServer.synced(ConfigDraft.slots(1).cap(3).minRest(60_000).next());
        // when, then
        assertThat(server.grant(1).loadAfter()).isEqualTo(1);
        assertThat(server.grant(2).loadAfter()).isEqualTo(2);
        assertThat(server.grant(3).loadAfter()).isEqualTo(3);
        assertThat(server.reject(4).cause()).isEqualTo(RejectCause.EXHAUSTED);
    }

    @Test
    void shouldBeginTheRestOfASharedSlotWhenItEmpties() {
        // given
        OneServer server = OneServer.synced(ConfigDraft.slots(1).cap(2).minRest(20_000).next());
        server.grant(1);
        server.grant(2);
        assertThat(server.end(1).loadAfter()).isEqualTo(1);
        // when it is not empty, then it needs no rest and has no gap
        server.pass(1_000);
        Granted joined = server.grant(3);
        assertThat(joined.gapMillis()).isEmpty();
        assertThat(joined.loadAfter()).isEqualTo(2);
        server.end(2);
        server.pass(50_000);
        assertThat(server.end(3).loadAfter()).isZero();
        // when it has emptied, then it rests from then
        server.pass(19_999);
        assertThat(server.reject(4).cause()).isEqualTo(RejectCause.EXHAUSTED);
        server.pass(1);
        assertThat(server.grant(4).gapMillis()).isEqualTo(OptionalLong.of(20_000));
    }

    @Test
    void shouldNotGrantASlotThatIsSetAside() {
        // given
        OneServer server = OneServer.synced(ConfigDraft.slots(3).setAside(0, 2).next());
        // when, then
        Granted granted = OneServer.granted(only(server.send(startWanting(1, 2))));
        assertThat(granted.slot()).isEqualTo(1);
        assertThat(granted.choice()).isEqualTo(Choice.PLACED);
        assertThat(server.reject(2).cause()).isEqualTo(RejectCause.EXHAUSTED);
    }

    @Test
    void shouldNotRestAtAllWithoutAMinimum() {
        // given
        OneServer server = OneServer.synced(ConfigDraft.slots(1).minRest(0).next());
        server.grant(1);
        server.end(1);
        // when, then
        Granted granted = server.grant(2);
        assertThat(granted.gapMillis()).isEqualTo(OptionalLong.of(0));
        assertThat(granted.rung()).isEqualTo(Rung.REGULAR);
    }
}
