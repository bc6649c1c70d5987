package io.exitpool.operator.pools;

import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.operator.pools.PoolEdit.Edited;
import io.exitpool.schemas.PoolConfig;
import java.util.List;
import java.util.Optional;

/** A fleet to plan for, and what tests of plans do with it. */
abstract class PlannerFixture {

    final SimulatedFleet fleet = new SimulatedFleet();

    Plan plan(String... servers) {
        return Planner.plan(file(servers), fleet.state(), false, false);
    }

    Plan apply(String... servers) {
        Plan plan = plan(servers);
        assertThat(plan.refusals()).isEmpty();
        fleet.write(plan);
        fleet.check();
        return plan;
    }

    void edit(String server, PoolEdit edit) {
        StoredPool pool = fleet.state().pool(server);
        Edited edited = edit.edit(pool.config().orElseThrow(), Optional.empty());
        long next = pool.version() + 1;
        fleet.write(
                server,
                edited.after().map(c -> PoolConfig.newBuilder(c).setVersion(next).build()),
                Optional.of(
                        new FormerNote(
                                next, pool.nextSlotId(), pool.since(next), false, pool.former())));
    }

    void settle(String... servers) {
        for (String server : servers) {
            fleet.takeUpAll(server);
            fleet.rest(server);
        }
    }

    PoolConfig config(String server) {
        return fleet.state().pool(server).config().orElseThrow();
    }

    List<String> slots(String server) {
        return config(server).getSlots().stream().map(PlanText::range).toList();
    }

    static PoolsFile file(String... servers) {
        return PoolsFile.parse("servers: {" + String.join(", ", servers) + "}", Limits.STANDARD);
    }
}
