package io.exitpool.operator.pools;

import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.operator.pools.ServerPlan.Action;
import io.exitpool.schemas.PoolConfig;
import io.exitpool.schemas.SetAsideCause;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Ids, settings and what operators set, on one server. */
class PlannerTest extends PlannerFixture {

    @Test
    void shouldGiveIdsInOrderAndMergeThem() {
        // when
        Plan plan = apply("a: {v4: [192.0.2.0/29, 192.0.2.20]}", "b: {v4: [192.0.2.30]}");

        // then
        assertThat(plan.writes()).map(ServerPlan::action).containsOnly(Action.ADD);
        assertThat(config("a").getVersion()).isEqualTo(1);
        assertThat(config("a").getNextSlotId()).isEqualTo(7);
        assertThat(slots("a"))
                .containsExactly("slots 0-5: 192.0.2.1-192.0.2.6", "slot 6: 192.0.2.20");
        assertThat(slots("b")).containsExactly("slot 0: 192.0.2.30");
    }

    @Test
    void shouldWriteNothingWhenNothingDiffers() {
        // given
        apply("a: {v4: [192.0.2.0/29], cap: 2, city: sto}");

        // when
        Plan plan = plan("a: {v4: [192.0.2.4-192.0.2.6, 192.0.2.1-192.0.2.3], cap: 2, city: sto}");

        // then: the order of addresses is none of the pool's business
        assertThat(plan.writes()).isEmpty();
        assertThat(plan.waiting()).isEmpty();
    }

    @Test
    void shouldKeepIdsAndNeverGiveOneAgain() {
        // given
        apply("a: {v4: [192.0.2.1-192.0.2.4]}");
        apply("a: {v4: [192.0.2.1, 192.0.2.3]}");
        settle("a");

        // when
        apply("a: {v4: [192.0.2.9, 192.0.2.3, 192.0.2.1, 192.0.2.4]}");

        // then: .4 was gone, and is a new slot
        assertThat(slots("a"))
                .containsExactly(
                        "slot 0: 192.0.2.1",
                        "slot 2: 192.0.2.3",
                        "slot 4: 192.0.2.9",
                        "slot 5: 192.0.2.4");
        assertThat(config("a").getVersion()).isEqualTo(3);
        assertThat(config("a").getNextSlotId()).isEqualTo(6);
    }

    @Test
    void shouldGiveASlotBackItsIdWhileItRetires() {
        // given
        apply("a: {v4: [192.0.2.1-192.0.2.2]}");
        fleet.takeUpAll("a");
        fleet.use("a", 1);
        apply("a: {v4: [192.0.2.1]}");
        fleet.takeUpAll("a");

        // when
        Plan plan = apply("a: {v4: [192.0.2.1-192.0.2.2]}");

        // then
        assertThat(plan.waiting()).isEmpty();
        assertThat(slots("a")).containsExactly("slots 0-1: 192.0.2.1-192.0.2.2");
    }

    @Test
    void shouldMakeAnotherSlotOfAnotherPair() {
        // given
        apply("a: {v4: [192.0.2.1]}");
        settle("a");
        fleet.use("a", 0);

        // when
        Plan plan = apply("a: {v4: [192.0.2.1], v6: ['2001:db8::1']}");

        // then: sessions of the old slot have the address still
        assertThat(config("a").getSlots()).isEmpty();
        assertThat(plan.writes().get(0).waiting())
                .map(Waiting::toString)
                .containsExactly(
                        "192.0.2.1 + 2001:db8::1 for a waits for slot 0 of a: still configured");
        assertThat(plan.writes().get(0).notes())
                .containsExactly(
                        "has no slot until the awaited ones are free: every start is rejected");

        // when
        fleet.takeUpAll("a");
        fleet.leave("a", 0);
        fleet.rest("a");
        apply("a: {v4: [192.0.2.1], v6: ['2001:db8::1']}");

        // then
        assertThat(slots("a")).containsExactly("slot 1: 192.0.2.1 + 2001:db8::1");
    }

    @Test
    void shouldTakeIdsFromTheFile() {
        // when
        apply("a: {next-slot-id: 40, slots: [{id: 7, v4: 192.0.2.1-192.0.2.2}, {v4: 192.0.2.9}]}");

        // then
        assertThat(slots("a"))
                .containsExactly("slots 7-8: 192.0.2.1-192.0.2.2", "slot 9: 192.0.2.9");
        assertThat(config("a").getNextSlotId()).isEqualTo(40);
    }

    @Test
    void shouldRefuseIdsThatContradictTheLog() {
        // given
        apply("a: {v4: [192.0.2.1-192.0.2.4]}");

        // when
        Plan plan = plan("a: {slots: [{id: 1, v4: 192.0.2.1}, {id: 2, v4: 192.0.2.9}]}");

        // then
        assertThat(plan.refusals())
                .map(Problem::toString)
                .containsExactly(
                        "servers.a: 192.0.2.1 has the id 0, not 1",
                        "servers.a: 192.0.2.9 cannot have the id 2: ids below 4 were given before;"
                                + " leave the id out");
    }

    @Test
    void shouldHoldBackHigherIdsWhenAFixedOneWaits() {
        // given
        apply("a: {v4: [192.0.2.1]}", "b: {v4: [192.0.2.9]}");

        // when
        apply(
                "a: {slots: [{v4: 192.0.2.1}, {id: 5, v4: 192.0.2.9}, {v4: 192.0.2.8}]}",
                "b: {v4: [192.0.2.7]}");

        // then: were .8 given the next id now, 5 might be below it later
        assertThat(slots("a")).containsExactly("slot 0: 192.0.2.1");
        assertThat(config("a").getNextSlotId()).isEqualTo(1);
    }

    @Test
    void shouldKeepWhatOperatorsSetAsLongAsTheSlot() {
        // given
        apply("a: {v4: [192.0.2.1-192.0.2.3]}");
        edit("a", PoolEdit.setAside("192.0.2.1", SetAsideCause.REPUTATION, "listed"));
        edit("a", PoolEdit.setAside("192.0.2.2", SetAsideCause.DRAINED, ""));
        edit("a", PoolEdit.draining(true));
        edit("a", PoolEdit.release(0));

        // when
        Plan plan = apply("a: {v4: [192.0.2.1, 192.0.2.3], cap: 2}");

        // then
        PoolConfig config = config("a");
        assertThat(config.getDraining()).isTrue();
        assertThat(config.getSetAside())
                .map(a -> a.getSlot() + a.getReason())
                .containsExactly("0listed");
        assertThat(config.getOrder()).isNull();
        assertThat(plan.servers().get(0).notes())
                .containsExactly(
                        "1 set aside slot leaves, and the mark with it",
                        "is draining: run './exitpool pools undrain a' to use it");
    }

    @Test
    void shouldNotWriteJustToForgetAnOrder() {
        // given
        apply("a: {v4: [192.0.2.1]}");
        edit("a", PoolEdit.rebuild());

        // then
        assertThat(plan("a: {v4: [192.0.2.1]}").writes()).isEmpty();
    }

    @Test
    void shouldPlanASixteenInWellUnderASecond() {
        // given
        PoolsFile whole =
                PoolsFile.parse(
                        "servers: {a: {v4: [{prefix: 198.51.0.0/16, whole: true}], cap: 1024}}",
                        Limits.STANDARD);
        PoolsFile halves =
                PoolsFile.parse(
                        "servers: {a: {v4: [198.51.0.0/17]}, b: {v4: [198.51.128.0/17]}}",
                        Limits.STANDARD);
        long start = processorNanos();

        // when
        Plan plan = Planner.plan(whole, fleet.state(), false, false);
        String text = PlanText.of(plan);
        long planned = processorNanos();
        fleet.write(plan);
        fleet.takeUpAll("a");
        Plan halved = Planner.plan(halves, fleet.state(), false, false);

        // then: the processor's time, because a busy machine is not the planner's fault
        assertThat(Duration.ofNanos(planned - start)).isLessThan(Duration.ofSeconds(1));
        assertThat(text)
                .isEqualTo(
                        """
                        a: new, version 1
                          + slots 0-65535: 198.51.0.0-198.51.255.255
                          slots 0 -> 65536, places 0 -> 67108864, carries 0.0 -> 67175054.1 erlangs\
                         at 0.1% blocking\
                        """);
        assertThat(halved.waiting()).hasSize(32_766);
        assertThat(PlanText.of(halved))
                .isEqualTo(
                        """
                        a: changed, version 1 -> 2
                          - slot 0: 198.51.0.0
                          - slots 32767-65535: 198.51.127.255-198.51.255.255
                          cap: 1024 -> 1
                          slots 65536 -> 32766, places 67108864 -> 32766, carries 67175054.1 ->\
                         32525.7 erlangs at 0.1% blocking
                        b: as configured for now, version -
                          waiting: 198.51.128.1 for b waits for slot 32769 of a: still configured\
                         (and 32765 more like it)\
                        """);
    }

    private static long processorNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
