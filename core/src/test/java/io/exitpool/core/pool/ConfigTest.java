package io.exitpool.core.pool;

import static io.exitpool.core.pool.ConfigDraft.range;
import static io.exitpool.core.pool.OneServer.live;
import static io.exitpool.core.pool.OneServer.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.core.decision.Addresses;
import io.exitpool.core.decision.RejectCause;
import io.exitpool.core.decision.Rejected;
import io.exitpool.core.decision.Rung;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Rule 10: configurations change under live sessions. */
class ConfigTest {
    private final ConfigDraft draft = ConfigDraft.slots(10).minRest(60_000);
    private final OneServer server = OneServer.synced(draft.next());

    @Test
    void shouldGrantAddedSlotsAtOnce() {
        // given
        for (int n = 0; n < 10; n++) {
            server.grant(n);
        }
        server.reject(10);
        // when
        assertThat(server.configure(draft.ranges(range(0, 11)).next())).isEmpty();
        // then
        assertThat(server.grant(10).slot()).isEqualTo(10);
    }

    @Test
    void shouldRetireARemovedSlotUntilItIsEmptyAndRested() {
        // given
        server.grantWanting(1, 7);
        // when
        server.configure(draft.ranges(range(0, 7), range(8, 2)).next());
        // then it is nobody's any more, but for the session on it
        assertThat(server.status().retiring()).containsExactly(7);
        assertThat(server.status().slots()).isEqualTo(10);
        assertThat(server.grantWanting(2, 7).slot()).isNotEqualTo(7);
        assertThat(server.snapshot(live(1), live(2))).isEmpty();
        assertThat(server.end(1).slot()).isEqualTo(7);
        assertThat(server.tickFor(59_000)).isEmpty();
        assertThat(server.status().retiring()).containsExactly(7);
        assertThat(server.tickFor(1_000)).isEmpty();
        assertThat(server.status().retiring()).isEmpty();
        assertThat(server.status().slots()).isEqualTo(9);
        assertThat(server.sink.rows(OneServer.SERVER).slots).isEmpty();
    }

    @Test
    void shouldTellWhatIsFreeWhenASlotHasRetired() {
        // given two slots that empty at the same time, one of them retiring
        server.grantWanting(1, 7);
        server.grantWanting(2, 3);
        server.configure(draft.ranges(range(0, 7), range(8, 2)).next());
        server.end(1);
        server.end(2);
        // when
        server.tickFor(60_000);
        // then
        PoolStatus status = server.status();
        assertThat(status.slots()).isEqualTo(9);
        assertThat(status.free()).isEqualTo(9);
        assertThat(status.resting()).isZero();
    }

    @Test
    void shouldDropARemovedSlotAtOnceThatIsEmptyAndRested() {
        // given one slot never used, one used and rested
        server.grantWanting(1, 8);
        server.end(1);
        server.tickFor(60_000);
        // when
        server.configure(draft.ranges(range(0, 8)).next());
        // then
        assertThat(server.status().retiring()).isEmpty();
        assertThat(server.status().slots()).isEqualTo(8);
        assertThat(server.sink.rows(OneServer.SERVER).slots).isEmpty();
    }

    @Test
    void shouldTakeARetiringSlotBackWithItsPast() {
        // given
        server.grantWanting(1, 7);
        server.configure(draft.ranges(range(0, 7)).next());
        server.pass(1_000);
        server.end(1);
        // when
        server.configure(draft.ranges(range(0, 10)).next());
        assertThat(server.status().retiring()).isEmpty();
        // then it still rests
        assertThat(server.grantWanting(2, 7).slot()).isNotEqualTo(7);
        server.pass(60_000);
        assertThat(server.grantWanting(3, 7).gapMillis()).isEqualTo(OptionalLong.of(60_000));
    }

    @Test
    void shouldKeepLeasesThroughAChangeOfTheOrderOfRanges() {
        // given
        int[] slot = new int[10];
        for (int n = 0; n < 10; n++) {
            slot[n] = server.grant(n).slot();
        }
        // when the ranges are cut anew, and slots are added before and after
        server.configure(draft.ranges(range(0, 1), range(1, 4), range(5, 1), range(6, 30)).next());
        // then
        for (int n = 0; n < 10; n++) {
            assertThat(server.end(n).slot()).isEqualTo(slot[n]);
        }
    }

    @Test
    void shouldRefuseAnIdWithOtherAddresses() {
        // given
        Addresses other = Addresses.ofV4(0xCB00_7100);
        // when, then
        assertThat(server.refusal(draft.ranges(range(0, 9), new SlotRange(9, 1, other)).next()))
                .isEqualTo("slot 9 would change its addresses; a new slot needs a new id");
        assertThat(
                        server.refusal(
                                draft.ranges(
                                                new SlotRange(
                                                        0,
                                                        10,
                                                        new Addresses(
                                                                true,
                                                                ConfigDraft.DOCUMENTATION_V4,
                                                                true,
                                                                ConfigDraft.DOCUMENTATION_V6,
                                                                0)))
                                        .next()))
                .startsWith("slot 0 would change its addresses");
        assertThat(server.status().configVersion()).isEqualTo(OptionalLong.of(1));
        server.grantWanting(1, 9);
    }

    @Test
    void shouldTakeTheSameIpv6SlotsInOtherRanges() {
        // given
        ConfigDraft six = new ConfigDraft().ranges(six(0, 10));
        OneServer other = OneServer.synced(six.next());
        // when, then
        assertThat(other.configure(six.ranges(six(0, 4), six(5, 5)).next())).isEmpty();
        assertThat(other.sink.takeDeadLetters()).isEmpty();
        assertThat(other.status().slots()).isEqualTo(9);
    }

    @Test
    void shouldRefuseAnIdWithOtherAddressesWhileItRetires() {
        // given
        server.grantWanting(1, 9);
        server.configure(draft.ranges(range(0, 9)).next());
        SlotRange other = new SlotRange(9, 1, Addresses.ofV4(0xCB00_7100));
        // when, then
        assertThat(server.refusal(draft.ranges(range(0, 9), other).next())).startsWith("slot 9");
    }

    @Test
    void shouldRefuseAVersionThatIsNotAbove() {
        // given
        server.configure(draft.cap(2).next());
        // when, then
        assertThat(server.refusal(draft.cap(3).as(2, java.util.Optional.empty())))
                .isEqualTo("version 2 is not above 2, which is in force");
        assertThat(server.refusal(draft.as(1, java.util.Optional.empty())))
                .isEqualTo("version 1 is not above 2, which is in force");
    }

    @Test
    void shouldTakeACopyOfTheConfigurationForNothingNew() {
        // given
        PoolConfig same = draft.cap(2).next();
        server.configure(same);
        server.sink.takeRowChanges();
        // when, then
        assertThat(server.configure(same)).isEmpty();
        assertThat(server.sink.takeDeadLetters()).isEmpty();
        assertThat(server.sink.takeRowChanges()).isZero();
    }

    @Test
    void shouldBindNewGrantsOnlyByALoweredCap() {
        // given three sessions on one slot
        OneServer shared = OneServer.synced(ConfigDraft.slots(1).cap(3).next());
        for (int n = 1; n <= 3; n++) {
            shared.grant(n);
        }
        // when
        shared.configure(ConfigDraft.slots(1).cap(2).as(2, java.util.Optional.empty()));
        // then
        assertThat(shared.snapshot(live(1), live(2), live(3))).isEmpty();
        assertThat(shared.end(1).loadAfter()).isEqualTo(2);
        shared.reject(4);
        assertThat(shared.end(2).loadAfter()).isEqualTo(1);
        assertThat(shared.grant(4).loadAfter()).isEqualTo(2);
    }

    @Test
    void shouldNotShareASlotBeyondALoweredCapMax() {
        // given
        OneServer shared = OneServer.synced(ConfigDraft.slots(1).cap(1).shareUpTo(5).next());
        for (int n = 1; n <= 5; n++) {
            shared.grant(n);
        }
        // when
        shared.configure(ConfigDraft.slots(1).shareUpTo(3).as(2, java.util.Optional.empty()));
        // then
        for (int n = 1; n <= 2; n++) {
            shared.reject(9);
            shared.end(n);
        }
        shared.reject(9);
        shared.end(3);
        assertThat(shared.grant(9).rung()).isEqualTo(Rung.SHARED);
    }

    @Test
    void shouldSetASlotAsideThatIsInUseAndRestoreIt() {
        // given
        server.grantWanting(1, 4);
        // when
        server.configure(draft.setAside(4, 5).next());
        // then
        PoolStatus status = server.status();
        assertThat(List.of(status.free(), status.resting(), status.inUse(), status.setAside()))
                .containsExactly(8, 0, 0, 2);
        assertThat(status.sessions()).isEqualTo(1);
        assertThat(server.snapshot(live(1))).isEmpty();
        server.end(1);
        assertThat(server.status().resting()).isZero();
        // when restored, then it goes on resting
        server.configure(draft.setAside().next());
        assertThat(server.status().resting()).isEqualTo(1);
        server.pass(60_000);
        assertThat(server.grantWanting(2, 4).slot()).isEqualTo(4);
    }

    @Test
    void shouldIgnoreASetAsideOfASlotThatThePoolLacks() {
        assertThat(server.configure(draft.setAside(4, 4, 99).next())).isEmpty();
        assertThat(server.status().setAside()).isEqualTo(1);
    }

    @Test
    void shouldJudgeRestByTheConfigurationInForce() {
        // given
        server.grantWanting(1, 0);
        server.end(1);
        server.pass(30_000);
        // when
        server.configure(draft.minRest(30_000).next());
        assertThat(server.grantWanting(2, 0).slot()).isZero();
        server.end(2);
        server.pass(30_000);
        server.configure(draft.minRest(40_000).next());
        // then
        assertThat(server.grantWanting(3, 0).slot()).isNotZero();
        server.pass(10_000);
        assertThat(server.grantWanting(4, 0).slot()).isZero();
    }

    @Test
    void shouldRefuseNewSessionsWhileDraining() {
        // given
        server.grant(1);
        // when
        server.configure(draft.draining(true).next());
        // then
        assertThat(server.start(2)).isEqualTo(new Rejected(RejectCause.DRAINING, 60_000, 0));
        assertThat(OneServer.granted(server.start(1)).repeated()).isTrue();
        assertThat(only(server.snapshot(live(1), live(3))))
                .isEqualTo(new Rejected(RejectCause.DRAINING, 60_000, 0));
        assertThat(server.status().draining()).isTrue();
        server.end(1);
        // when
        server.configure(draft.draining(false).next());
        // then
        server.grant(2);
    }

    private static SlotRange six(int firstId, int count) {
        return new SlotRange(
                firstId,
                count,
                new Addresses(false, 0, true, ConfigDraft.DOCUMENTATION_V6, firstId));
    }
}
