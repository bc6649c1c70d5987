package io.exitpool.bench.recovery;

import io.exitpool.bench.leases.LeasePlan;
import io.exitpool.bench.leases.LiveLeases.Kept;
import io.exitpool.bench.report.Median;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What was measured with one number of leases.
 *
 * @param leases that lived when instances were killed, beside those of the load
 * @param kept how many leases of a sample still had their slot at the end
 */
record RecoveryResult(
        int leases, long slots, int servers, List<Outage> rounds, Kept kept, StoredBytes stored) {

    static RecoveryResult of(LeasePlan plan, List<Outage> rounds, Kept kept, StoredBytes stored) {
        return new RecoveryResult(
                plan.leases(),
                plan.fleet().slots(),
                plan.servers().size(),
                List.copyOf(rounds),
                kept,
                stored);
    }

    double stateBytesPerLease() {
        return (double) stored.state() / leases;
    }

    double changelogBytesPerLease() {
        return (double) stored.changelog() / leases;
    }

    /** The median of the rounds, in seconds. */
    double seconds(Function<Outage, Duration> figure) {
        return Median.of(rounds.stream().map(figure).map(Outage::seconds).toList());
    }

    Map<String, Object> report() {
        return Map.ofEntries(
                Map.entry("leases", leases),
                Map.entry("slots", slots),
                Map.entry("servers", servers),
                Map.entry("rounds", rounds.stream().map(Outage::report).toList()),
                Map.entry("detectedSeconds", seconds(Outage::detected)),
                Map.entry("restoredSeconds", seconds(Outage::restored)),
                Map.entry("firstDecisionSeconds", seconds(Outage::firstDecision)),
                Map.entry("allPartitionsSeconds", seconds(Outage::allPartitions)),
                Map.entry("sampled", kept.asked()),
                Map.entry("kept", kept.kept()),
                Map.entry("stateBytes", stored.state()),
                Map.entry("stateBytesPerLease", stateBytesPerLease()),
                Map.entry("changelogBytes", stored.changelog()),
                Map.entry("changelogBytesPerLease", changelogBytesPerLease()));
    }
}
