package io.exitpool.core.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.core.decision.Choice;
import io.exitpool.core.decision.Granted;
import io.exitpool.core.decision.Rung;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rule 4: which of the eligible slots. */
class ChoiceTest {
    @Test
    void shouldGrantTheWantedSlotWhenItIsEligible() {
        // given
        OneServer server = OneServer.synced(ConfigDraft.slots(200).minRest(10_000).next());
        // when
        Granted granted = server.grantWanting(1, 137);
        // then
        assertThat(granted.slot()).isEqualTo(137);
        assertThat(granted.choice()).isEqualTo(Choice.WANTED);
        assertThat(granted.rung()).isEqualTo(Rung.REGULAR);
    }

    @Test
    void shouldPlaceASessionElsewhereWhenItsWishIsTakenOrRestsOrIsUnknown() {
        // given
        OneServer server = OneServer.synced(ConfigDraft.slots(200).minRest(10_000).next());
        server.grantWanting(1, 137);
        // when, then
        assertThat(server.grantWanting(2, 137).choice()).as("taken").isEqualTo(Choice.PLACED);
        server.end(1);
        assertThat(server.grantWanting(3, 137).choice()).as("resting").isEqualTo(Choice.PLACED);
        assertThat(server.grantWanting(4, 200).choice()).as("unknown").isEqualTo(Choice.PLACED);
        assertThat(server.grantWanting(5, -1).choice()).as("unknown").isEqualTo(Choice.PLACED);
        server.pass(10_000);
        Granted rested = server.grantWanting(6, 137);
        assertThat(rested.choice()).isEqualTo(Choice.WANTED);
        assertThat(rested.gapMillis()).isEqualTo(OptionalLong.of(10_000));
    }

    @Test
    void shouldGrantTheWantedSlotUpToItsCap() {
        // given
        OneServer server = OneServer.synced(ConfigDraft.slots(100).cap(2).next());
        // when, then
        assertThat(server.grantWanting(1, 5).loadAfter()).isEqualTo(1);
        Granted second = server.grantWanting(2, 5);
        assertThat(second.choice()).isEqualTo(Choice.WANTED);
        assertThat(second.loadAfter()).isEqualTo(2);
        assertThat(server.grantWanting(3, 5).choice()).isEqualTo(Choice.PLACED);
    }

    @Test
    void shouldReachEverySlotByUniformChoice() {
        // given
        OneServer server = OneServer.synced(ConfigDraft.slots(20).next());
        Set<Integer> reached = new HashSet<>();
        // when
        for (int n = 0; n < 400; n++) {
            reached.add(server.grant(n).slot());
            server.end(n);
        }
        // then
        assertThat(reached).hasSize(20);
    }

    @Test
    void shouldGrantTheSlotThatRestedLongest() {
        // given
        OneServer server =
                OneServer.synced(
                        ConfigDraft.slots(3).placement(PlacementPolicy.LONGEST_RESTED).next());
        int first = server.grant(1).slot();
        int second = server.grant(2).slot();
        server.end(2);
        server.pass(1);
        server.end(1);
        // when, then one was never used, and the others follow in the order of their release
        int third = server.grant(3).slot();
        assertThat(Set.of(first, second, third)).hasSize(3);
        assertThat(server.grant(4).slot()).isEqualTo(second);
        assertThat(server.grant(5).slot()).isEqualTo(first);
    }

    @Test
    void shouldShareWhenNoSlotIsFreeForTheLongestRested() {
        // given
        OneServer server =
                OneServer.synced(
                        ConfigDraft.slots(2)
                                .cap(2)
                                .placement(PlacementPolicy.LONGEST_RESTED)
                                .next());
        // when, then the empty ones come first
        assertThat(server.grant(1).loadAfter()).isEqualTo(1);
        assertThat(server.grant(2).loadAfter()).isEqualTo(1);
        assertThat(server.grant(3).loadAfter()).isEqualTo(2);
        assertThat(server.grant(4).loadAfter()).isEqualTo(2);
    }

    @Test
    void shouldLoadSlotsEvenly() {
        // given
        OneServer server =
                OneServer.synced(
                        ConfigDraft.slots(7).cap(5).placement(PlacementPolicy.LEAST_LOADED).next());
        // when, then
        for (int n = 0; n < 35; n++) {
            assertThat(server.grant(n).loadAfter()).isEqualTo(n / 7 + 1);
        }
    }

    @Test
    void shouldChooseAnyOfTheLeastLoaded() {
        // given
        Set<Integer> firsts = new HashSet<>();
        OneServer server =
                OneServer.synced(
                        ConfigDraft.slots(6).placement(PlacementPolicy.LEAST_LOADED).next());
        // when
        for (int n = 0; n < 200; n++) {
            firsts.add(server.grant(n).slot());
            server.end(n);
        }
        // then
        assertThat(firsts).hasSize(6);
    }
}
