package io.exitpool.connect.dns;

import io.exitpool.connect.dns.change.Counters;
import java.util.LinkedHashMap;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.PluginMetrics;

/** The counters as metrics of the worker: in JMX, and wherever else it reports to. */
final class TaskMetrics {

    private TaskMetrics() {}

    static void register(PluginMetrics metrics, Counters counters) {
        add(metrics, "decisions-read", "Decisions read.", counters, Counters::decisionsRead);
        add(
                metrics,
                "changes-wanted",
                "PTR records, one an address, that decisions wanted to be something.",
                counters,
                Counters::changesWanted);
        add(
                metrics,
                "changes-unchanged",
                "Of these, those that were so, or on their way, already.",
                counters,
                Counters::changesUnchanged);
        add(
                metrics,
                "changes-coalesced",
                "Of these, those saved because a later one of the address came in time.",
                counters,
                Counters::changesCoalesced);
        add(
                metrics,
                "changes-sent",
                "Of these, those that the name server has made.",
                counters,
                Counters::changesSent);
        add(
                metrics,
                "changes-waiting",
                "Of these, those that wait: for the linger time, the rate, or the name server.",
                counters,
                Counters::changesWaiting);
        add(
                metrics,
                "records-reported",
                "Records that cannot be followed, for the dead-letter queue.",
                counters,
                Counters::recordsReported);
        add(metrics, "messages-sent", "Update messages.", counters, Counters::messagesSent);
        add(
                metrics,
                "exchanges-failed",
                "Messages and zone queries without success.",
                counters,
                Counters::exchangesFailed);
        add(
                metrics,
                "slots-unknown",
                "Slots that emptied with an address that nobody told.",
                counters,
                Counters::slotsUnknown);
        add(
                metrics,
                "lag-ms",
                "Age of the oldest decision whose change is not made yet; 0 when none waits.",
                counters,
                it -> it.lagMillis(System.currentTimeMillis()));
    }

    private static void add(
            PluginMetrics metrics,
            String name,
            String description,
            Counters counters,
            ToLongFunction<Counters> value) {
        metrics.addMetric(
                metrics.metricName(name, description, new LinkedHashMap<>()),
                (Gauge<Long>) (config, now) -> value.applyAsLong(counters));
    }
}
