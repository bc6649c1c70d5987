package io.exitpool.operator.pools;

import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.operator.pools.ServerPool.WantedSlot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Random files applied to a fleet whose allocation lags behind, whose sessions come and go, and
 * whose log is compacted at any moment: no address is ever usable in two places, no id is ever
 * given to other addresses, and once all is quiet the fleet is what the file says.
 */
class PlannerSimulationTest {

    private static final int RUNS = 300;
    private static final int STEPS = 120;
    private static final List<String> SERVERS = List.of("a", "b", "c", "d");
    private static final int ADDRESSES = 10;

    private int moves;
    private int prunes;

    @Test
    void shouldNeverLetTwoServersHaveOneAddress() {
        long seed = Seed.of(PlannerSimulationTest.class);
        for (int run = 0; run < RUNS; run++) {
            Random random = new Random(seed + run);
            try {
                run(random);
            } catch (AssertionError e) {
                throw new AssertionError("run " + run + ": " + e.getMessage(), e);
            }
        }
        // The test is worth something only if it reaches what it is about.
        assertThat(moves).isGreaterThan(RUNS);
        assertThat(prunes).isGreaterThan(RUNS / 4);
    }

    private void run(Random random) {
        SimulatedFleet fleet = new SimulatedFleet();
        PoolsFile file = randomFile(random);
        for (int step = 0; step < STEPS; step++) {
            String server = SERVERS.get(random.nextInt(SERVERS.size()));
            int slot = random.nextInt(2 * ADDRESSES);
            switch (random.nextInt(9)) {
                case 0 -> file = randomFile(random);
                case 1, 2 -> apply(fleet, file, random.nextInt(4) == 0);
                case 3 -> fleet.takeUpOne(server);
                case 4 -> fleet.takeUpAll(server);
                case 5, 6 -> fleet.use(server, slot);
                case 7 -> fleet.leave(server, slot);
                default -> {
                    fleet.rest(server);
                    if (random.nextInt(3) == 0) {
                        fleet.compact();
                    }
                }
            }
            fleet.check();
        }
        finish(fleet, file);
    }

    private void apply(SimulatedFleet fleet, PoolsFile file, boolean prune) {
        Plan plan = Planner.plan(file, fleet.state(), prune, false);
        if (!plan.refusals().isEmpty()) {
            return;
        }
        moves += plan.waiting().isEmpty() ? 0 : 1;
        prunes += plan.writes().stream().anyMatch(write -> write.after().isEmpty()) ? 1 : 0;
        fleet.write(plan);
        fleet.check();
        assertThat(Planner.plan(file, fleet.state(), prune, false).writes())
                .as("a second run with nothing new in between")
                .isEmpty();
    }

    /** All sessions end, the allocation catches up, and the file is applied until it is done. */
    private void finish(SimulatedFleet fleet, PoolsFile file) {
        for (int round = 0; round < 4; round++) {
            for (String server : SERVERS) {
                fleet.takeUpAll(server);
                for (int slot = 0; slot < 100; slot++) {
                    fleet.leave(server, slot);
                }
                fleet.rest(server);
            }
            fleet.compact();
            fleet.expireTombstones();
            Plan plan = Planner.plan(file, fleet.state(), true, false);
            assertThat(plan.refusals()).isEmpty();
            fleet.write(plan);
            fleet.check();
        }
        Plan done = Planner.plan(file, fleet.state(), true, false);
        assertThat(done.writes()).isEmpty();
        assertThat(done.waiting()).isEmpty();
        file.servers()
                .forEach(
                        (server, pool) ->
                                assertThat(fleet.state().pool(server).slots().values())
                                        .containsExactlyInAnyOrderElementsOf(
                                                pool.slots().stream()
                                                        .map(WantedSlot::addresses)
                                                        .toList()));
    }

    /** Each address goes to one of the servers or to none; now and then with another partner. */
    private static PoolsFile randomFile(Random random) {
        SortedMap<String, List<WantedSlot>> slots = new TreeMap<>();
        for (int i = 1; i <= ADDRESSES; i++) {
            int owner = random.nextInt(SERVERS.size() + 1);
            if (owner < SERVERS.size()) {
                Address v4 = Address.parse("192.0.2." + i);
                Optional<Address> v6 =
                        random.nextInt(4) == 0
                                ? Optional.of(Address.parse("2001:db8::" + i))
                                : Optional.empty();
                slots.computeIfAbsent(SERVERS.get(owner), s -> new ArrayList<>())
                        .add(
                                new WantedSlot(
                                        OptionalInt.empty(),
                                        new SlotAddresses(Optional.of(v4), v6)));
            }
        }
        SortedMap<String, ServerPool> servers = new TreeMap<>();
        slots.forEach(
                (server, wanted) -> {
                    Collections.shuffle(wanted, random);
                    servers.put(
                            server,
                            new ServerPool(
                                    wanted,
                                    PoolSettings.DEFAULT,
                                    OptionalInt.empty(),
                                    Optional.empty(),
                                    Optional.empty()));
                });
        return new PoolsFile(PoolSettings.DEFAULT, servers);
    }
}
