package io.exitpool.operator.pools;

import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.operator.pools.ServerPlan.Action;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Addresses that leave a server, and when another one may have them. */
class PlannerMoveTest extends PlannerFixture {

    @Test
    void shouldRefuseAnAddressOfAServerThatStays() {
        // given
        apply("a: {v4: [192.0.2.1-192.0.2.8]}", "b: {v4: [192.0.2.9]}");

        // when
        Plan plan = plan("b: {v4: [192.0.2.2-192.0.2.9]}");

        // then
        assertThat(plan.refusals())
                .map(Problem::toString)
                .containsExactly(
                        "servers.b: 192.0.2.2, 192.0.2.3, 192.0.2.4, 192.0.2.5, 192.0.2.6 and 2"
                                + " more also on a, which is configured and not in this file: add a"
                                + " to the file without it, or remove that server with --prune");
    }

    @Test
    void shouldMoveAnAddressOnlyWhenTheGiverHasLetGo() {
        // given
        String[] moved = {"a: {v4: [192.0.2.1]}", "b: {v4: [192.0.2.3, 192.0.2.2]}"};
        apply("a: {v4: [192.0.2.1-192.0.2.2]}", "b: {v4: [192.0.2.3]}");
        settle("a", "b");
        fleet.use("a", 1);

        // when: the giver is written, the receiver has to wait
        Plan plan = apply(moved);

        // then
        assertThat(plan.writes()).map(ServerPlan::server).containsExactly("a");
        assertThat(slots("a")).containsExactly("slot 0: 192.0.2.1");
        assertWaiting(moved, "the status of a does not show its removal yet");

        // when: the allocation has read it
        fleet.takeUpAll("a");

        // then
        assertWaiting(moved, "not yet empty and rested");

        // when: the session has ended
        fleet.leave("a", 1);
        fleet.rest("a");
        apply(moved);

        // then
        assertThat(slots("b")).containsExactly("slot 0: 192.0.2.3", "slot 1: 192.0.2.2");
        assertThat(plan(moved).waiting()).isEmpty();
    }

    @Test
    void shouldSwapAddressesOfTwoServers() {
        // given
        String[] swapped = {"a: {v4: [192.0.2.2]}", "b: {v4: [192.0.2.1]}"};
        apply("a: {v4: [192.0.2.1]}", "b: {v4: [192.0.2.2]}");
        settle("a", "b");

        // when
        Plan first = apply(swapped);

        // then: each lets go before either receives
        assertThat(first.writes()).hasSize(2);
        assertThat(config("a").getSlots()).isEmpty();
        assertThat(config("b").getSlots()).isEmpty();

        // when
        settle("a", "b");
        apply(swapped);

        // then
        assertThat(slots("a")).containsExactly("slot 1: 192.0.2.2");
        assertThat(slots("b")).containsExactly("slot 1: 192.0.2.1");
    }

    @Test
    void shouldWaitForAllocationToRun() {
        // given: nobody has ever read the configuration
        String[] moved = {"a: {v4: [192.0.2.2]}", "b: {v4: [192.0.2.1]}"};
        apply("a: {v4: [192.0.2.1-192.0.2.2]}");

        // when
        apply(moved);

        // then: and a server whose only address has to wait is not there yet
        assertWaiting(moved, "a has no status: is allocation running?");
        assertThat(fleet.state().pool("b").config()).isEmpty();
    }

    @Test
    void shouldRememberFormerSlotsThroughCompactionAndLaterVersions() {
        // given
        apply("a: {v4: [192.0.2.1-192.0.2.2]}");
        fleet.takeUpAll("a");
        fleet.use("a", 1);
        apply("a: {v4: [192.0.2.1]}");
        fleet.takeUpAll("a");
        apply("a: {v4: [192.0.2.1], cap: 2}");
        edit("a", PoolEdit.draining(true));
        fleet.takeUpAll("a");
        fleet.compact();

        // when
        Plan plan = plan("a: {v4: [192.0.2.1], cap: 2}", "b: {v4: [192.0.2.2, 192.0.2.3]}");

        // then: what is certainly free is given
        assertThat(plan.waiting()).map(Waiting::slot).containsExactly("192.0.2.2");
        fleet.write(plan);
        assertThat(slots("b")).containsExactly("slot 0: 192.0.2.3");
        fleet.check();
    }

    @Test
    void shouldForgetFormerSlotsThatAreFree() {
        // given
        apply("a: {v4: [192.0.2.1-192.0.2.2]}");
        apply("a: {v4: [192.0.2.1]}");
        settle("a");

        // when
        apply("a: {v4: [192.0.2.1], cap: 2}");

        // then
        assertThat(fleet.state().pool("a").former()).isEmpty();
    }

    @Test
    void shouldLeaveServersAloneThatTheFileDoesNotName() {
        // given
        apply("a: {v4: [192.0.2.1]}", "b: {v4: [192.0.2.2]}");

        // then
        assertThat(plan("a: {v4: [192.0.2.1]}").servers())
                .map(ServerPlan::server)
                .containsExactly("a");
    }

    @Test
    void shouldPruneAndGiveTheAddressesWhenThePoolIsGone() {
        // given
        String[] without = {"b: {v4: [192.0.2.1-192.0.2.2]}"};
        apply("a: {v4: [192.0.2.1]}", "b: {v4: [192.0.2.2]}");
        settle("a", "b");
        edit("a", PoolEdit.draining(true));
        fleet.takeUpAll("a");

        // when
        Plan plan = Planner.plan(file(without), fleet.state(), true, false);
        fleet.write(plan);

        // then
        assertThat(plan.writes()).map(ServerPlan::action).containsExactly(Action.REMOVE);
        assertThat(fleet.state().pool("a").config()).isEmpty();
        assertWaiting(without, "the status of a does not show its removal yet");

        // when
        fleet.compact();
        fleet.takeUpAll("a");

        // then
        assertWaiting(without, "not yet empty and rested");

        // when
        fleet.rest("a");
        apply(without);

        // then
        assertThat(slots("b")).containsExactly("slot 0: 192.0.2.2", "slot 1: 192.0.2.1");
    }

    @Test
    void shouldNotPruneWhereSessionsLive() {
        // given
        apply("a: {v4: [192.0.2.1]}", "b: {v4: [192.0.2.2]}");
        settle("a", "b");
        fleet.use("a", 0);
        fleet.rest("a");

        // when
        Plan refused = Planner.plan(file("b: {v4: [192.0.2.2]}"), fleet.state(), true, false);

        // then
        assertThat(refused.refusals())
                .map(Problem::what)
                .containsExactly(
                        "--prune would remove it while 1 sessions live there and it takes new ones:"
                                + " run './exitpool pools drain a' first, or add it to the file");

        // when
        edit("a", PoolEdit.draining(true));

        // then
        assertThat(
                        Planner.plan(file("b: {v4: [192.0.2.2]}"), fleet.state(), true, false)
                                .refusals())
                .isEmpty();
    }

    @Test
    void shouldGoOnWithVersionsAndIdsAfterARemoval() {
        // given
        apply("a: {v4: [192.0.2.1-192.0.2.2]}");
        settle("a");
        fleet.write(Planner.plan(file("b: {v4: [192.0.2.9]}"), fleet.state(), true, false));
        settle("a");
        fleet.compact();

        // when
        apply("a: {v4: [192.0.2.1-192.0.2.2]}");

        // then: 2 was the tombstone's
        assertThat(config("a").getVersion()).isEqualTo(3);
        assertThat(slots("a")).containsExactly("slots 2-3: 192.0.2.1-192.0.2.2");
    }

    @Test
    void shouldGiveNothingNewWhileSomebodyUsesWhatNoRecordTells() {
        // given: the configurations are lost, the status is not
        apply("a: {v4: [192.0.2.1-192.0.2.2]}");
        fleet.takeUpAll("a");
        FleetState lost = new FleetState(new TreeMap<>(), fleet.state().statuses(), Map.of());

        // when
        Plan careful = Planner.plan(file("b: {v4: [192.0.2.9]}"), lost, false, false);
        Plan daring = Planner.plan(file("a: {v4: [192.0.2.1]}"), lost, false, true);

        // then
        assertThat(careful.writes()).isEmpty();
        assertThat(careful.waiting())
                .map(waiting -> waiting.holder().why())
                .containsExactly("allocation has not taken up its configuration yet");
        assertThat(daring.writes().get(0).after().orElseThrow().getVersion()).isEqualTo(2);
    }

    private void assertWaiting(String[] file, String why) {
        fleet.check();
        Plan plan = plan(file);
        assertThat(plan.writes()).isEmpty();
        assertThat(plan.waiting()).hasSize(1);
        assertThat(plan.waiting().get(0).holder().server()).isEqualTo("a");
        assertThat(plan.waiting().get(0).holder().why()).isEqualTo(why);
    }
}
