package io.exitpool.bench.leases;

import io.exitpool.bench.load.FleetShape;
import io.exitpool.bench.load.FleetShape.PoolShape;
import java.util.ArrayList;
import java.util.List;

/**
 * A fleet and how many sessions live on each of its servers. Pools are full to 60 %, as those of a
 * fleet that rejects one start in a thousand at most.
 */
public record LeasePlan(List<ServerPlan> servers) {
    private static final int SERVERS = 700;
    private static final double FULL = 0.6;
    private static final int LARGE_EVERY = 10;
    private static final int LARGE_TIMES = 10;

    public LeasePlan {
        servers = List.copyOf(servers);
    }

    /** One server's pool, and how many of its slots are leased. */
    public record ServerPlan(PoolShape pool, int leases) {}

    /**
     * So many leases on 700 servers, or on as many servers as leases if these are fewer. Every
     * tenth server is ten times as large as the others.
     */
    public static LeasePlan ofLeases(int leases) {
        if (leases < 1) {
            throw new IllegalArgumentException("there must be at least 1 lease, not " + leases);
        }
        FleetShape names = FleetShape.uniform(Math.min(SERVERS, leases), 1);
        long weights = 0;
        for (int server = 0; server < names.servers(); server++) {
            weights += weight(server);
        }
        List<ServerPlan> plans = new ArrayList<>();
        long weightsBefore = 0;
        int leasesBefore = 0;
        for (int server = 0; server < names.servers(); server++) {
            weightsBefore += weight(server);
            int upTo = (int) (leases * weightsBefore / weights);
            int its = upTo - leasesBefore;
            // One slot more, so that a start is not rejected for want of a tenth of a slot.
            int slots = (int) (its / FULL) + 1;
            String name = names.pools().get(server).server();
            plans.add(new ServerPlan(new PoolShape(name, slots), its));
            leasesBefore = upTo;
        }
        return new LeasePlan(plans);
    }

    /** Every pool of the fleet as full as it is usually. */
    public static LeasePlan ofFleet(FleetShape fleet) {
        return new LeasePlan(
                fleet.pools().stream()
                        .map(pool -> new ServerPlan(pool, pool.usualSessions()))
                        .toList());
    }

    public FleetShape fleet() {
        return new FleetShape(servers.stream().map(ServerPlan::pool).toList());
    }

    public int leases() {
        return servers.stream().mapToInt(ServerPlan::leases).sum();
    }

    private static int weight(int server) {
        return server % LARGE_EVERY == 0 ? LARGE_TIMES : 1;
    }
}
