package io.exitpool.demo.fleet;

import io.exitpool.agent.protocol.AgentSettings;
import io.exitpool.demo.workload.ExitServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a run of the fleet is made of.
 *
 * @param pools each server's slots
 * @param leaseTtlMinutes after so many minutes without a snapshot a pool expires
 * @param speed divides every duration of the servers, their clients and their operator
 * @param rate multiplies the arrivals
 */
public record FleetPlan(
        List<ExitServer> servers,
        Map<String, PoolSlots> pools,
        double leaseTtlMinutes,
        long seed,
        double speed,
        double rate) {

    /** What no speed divides: the way to Kafka and back, on a machine that does other work too. */
    private static final Duration ROUND_TRIP = Duration.ofMillis(200);

    private static final Duration ANSWER = Duration.ofSeconds(1);
    private static final Duration LATE_ANSWER = Duration.ofSeconds(30);

    /** So many snapshots fit into a lease-ttl at least, as they do in life. */
    private static final int SNAPSHOTS_A_TTL = 4;

    /**
     * A pool is looked at with each Tick, once a second, and its records arrive some time later.
     */
    private static final double LATE_EXPIRY_SECONDS = 3;

    /**
     * One server's slots.
     *
     * @param ids ascending
     * @param addresses one of each slot, in the same order
     */
    public record PoolSlots(List<Integer> ids, List<String> addresses) {

        public PoolSlots {
            ids = List.copyOf(ids);
            addresses = List.copyOf(addresses);
        }
    }

    public FleetPlan {
        servers = List.copyOf(servers);
        pools = Map.copyOf(pools);
    }

    AgentSettings agentSettings() {
        AgentSettings divided = AgentSettings.DEFAULT.dividedBy(speed);
        long ttlMillis = Math.round(leaseTtlMinutes * 60_000 / speed);
        Duration often = Duration.ofMillis(ttlMillis / SNAPSHOTS_A_TTL);
        return new AgentSettings(
                longer(divided.snapshotEvery(), often.compareTo(ANSWER) < 0 ? often : ANSWER),
                longer(divided.unansweredAfter(), ANSWER),
                longer(divided.retryAtLeast(), ROUND_TRIP),
                longer(divided.requestedSnapshotsApart(), ROUND_TRIP),
                longer(divided.rememberEndedFor(), LATE_ANSWER),
                divided.maxEntriesPerPart());
    }

    /** How long a crashed server stays away: its pool has expired by then. */
    double crashMinutes(SimulatedClock clock) {
        return leaseTtlMinutes + clock.minutes(LATE_EXPIRY_SECONDS);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
