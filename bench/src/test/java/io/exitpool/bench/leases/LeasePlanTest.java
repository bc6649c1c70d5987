package io.exitpool.bench.leases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.exitpool.bench.leases.LeasePlan.ServerPlan;
import io.exitpool.bench.load.FleetShape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeasePlanTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 699, 700, 701, 10_000, 1_000_000})
    void shouldPlanExactlyAsManyLeasesAsAskedForInPoolsThatHaveRoom(int leases) {
        LeasePlan plan = LeasePlan.ofLeases(leases);

        assertThat(plan.leases()).isEqualTo(leases);
        assertThat(plan.servers())
                .hasSize(Math.min(leases, 700))
                .allSatisfy(its -> assertThat(its.pool().slots()).isGreaterThan(its.leases()));
    }

    @Test
    void shouldMakeEveryTenthServerTenTimesAsLarge() {
        List<ServerPlan> servers = LeasePlan.ofLeases(1_000_000).servers();

        assertThat(servers.get(0).leases()).isEqualTo(7_518);
        assertThat(servers.get(1).leases()).isBetween(751, 752);
        assertThat(servers.get(10).leases()).isBetween(7_518, 7_519);
    }

    @Test
    void shouldFillPoolsToSixtyPercent() {
        LeasePlan plan = LeasePlan.ofLeases(1_000_000);

        assertThat((double) plan.leases() / plan.fleet().slots()).isBetween(0.599, 0.6);
    }

    @Test
    void shouldFillAFleetAsUsual() {
        LeasePlan plan = LeasePlan.ofFleet(FleetShape.uniform(700, 91));

        assertThat(plan.leases()).isEqualTo(700 * 55);
        assertThat(plan.fleet()).isEqualTo(FleetShape.uniform(700, 91));
    }

    @Test
    void shouldRefuseNoLeases() {
        assertThatThrownBy(() -> LeasePlan.ofLeases(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 1 lease");
    }
}
