package io.exitpool.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.bench.load.FleetShape.PoolShape;
import org.junit.jupiter.api.Test;

class FleetShapeTest {

    @Test
    void shouldHaveOneLargePoolAndOthersOfUsualSizes() {
        FleetShape fleet = FleetShape.mixed(700, 1);

        assertThat(fleet.servers()).isEqualTo(700);
        assertThat(fleet.pools().get(0).slots()).isEqualTo(4_096);
        assertThat(fleet.pools().subList(1, 700)).allMatch(p -> p.slots() >= 8 && p.slots() <= 91);
        assertThat(fleet.pools().stream().map(PoolShape::slots).distinct().count())
                .isGreaterThan(70);
    }

    @Test
    void shouldNameEachServerOnceAndAsServersAreNamed() {
        FleetShape fleet = FleetShape.mixed(10_000, 1);

        assertThat(fleet.pools().stream().map(PoolShape::server))
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[a-z0-9-]{1,63}"));
    }

    @Test
    void shouldLeaveASlotFree() {
        assertThat(new PoolShape("a", 1).usualSessions()).isZero();
        assertThat(new PoolShape("a", 2).usualSessions()).isEqualTo(1);
        assertThat(new PoolShape("a", 91).usualSessions()).isEqualTo(55);
    }
}
