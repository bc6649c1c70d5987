package io.exitpool.demo.fleet;

import io.exitpool.schemas.RejectCause;
import io.exitpool.schemas.ReleaseCause;
import io.exitpool.schemas.Rung;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** Adds up what the servers of a fleet counted. */
final class Totals {

    private static final double MEDIAN = 50;
    private static final double NEARLY_ALL = 99;

    private Totals() {}

    static FleetTotals of(
            Collection<ExitHost> hosts,
            long events,
            Script script,
            Latencies latencies,
            boolean settled) {
        Map<Rung, Long> rungs = zeros(Rung.class, Rung.UNKNOWN);
        Map<RejectCause, Long> rejections = zeros(RejectCause.class, RejectCause.UNKNOWN);
        Map<ReleaseCause, Long> releases = zeros(ReleaseCause.class, ReleaseCause.UNKNOWN);
        Map<String, Long> violations = new TreeMap<>();
        long adoptions = 0;
        for (ExitHost host : hosts) {
            add(host.tally().rungs(), rungs);
            add(host.tally().rejections(), rejections);
            add(host.tally().releases(), releases);
            add(host.truth().violations(), violations);
            adoptions += host.tally().adoptions();
        }
        return new FleetTotals(
                events,
                rungs.values().stream().mapToLong(Long::longValue).sum(),
                adoptions,
                rungs,
                rejections,
                releases,
                script.crashes(),
                script.agentRestarts(),
                script.storms(),
                script.operatorActions(),
                violations,
                latencies.count(),
                latencies.millisAt(MEDIAN),
                latencies.millisAt(NEARLY_ALL),
                settled);
    }

    /** Every cause is shown, also one that did not happen. */
    private static <E extends Enum<E>> Map<E, Long> zeros(Class<E> type, E unknown) {
        Map<E, Long> zeros = new EnumMap<>(type);
        for (E each : type.getEnumConstants()) {
            if (each != unknown) {
                zeros.put(each, 0L);
            }
        }
        return zeros;
    }

    private static <K> void add(Map<K, Long> counts, Map<K, Long> sums) {
        counts.forEach((key, count) -> sums.merge(key, count, Long::sum));
    }
}
