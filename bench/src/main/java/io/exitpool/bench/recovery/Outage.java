package io.exitpool.bench.recovery;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/**
 * What one kill cost, each from the kill on.
 *
 * @param partitions that the killed instance had
 * @param detected somebody else, or the instance's next life, was given all of them
 * @param restored all of them had their pools again
 * @param firstDecision a session that began after the kill was answered
 * @param allPartitions such a session was answered on each of them
 */
record Outage(
        int partitions,
        Duration detected,
        Duration restored,
        Duration firstDecision,
        Duration allPartitions) {

    Map<String, Object> report() {
        return Map.of(
                "partitions", partitions,
                "detectedSeconds", seconds(detected),
                "restoredSeconds", seconds(restored),
                "firstDecisionSeconds", seconds(firstDecision),
                "allPartitionsSeconds", seconds(allPartitions));
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d partitions detected after %.2f s, restored %.2f s, first decision %.2f s, all"
                        + " partitions %.2f s",
                partitions,
                seconds(detected),
                seconds(restored),
                seconds(firstDecision),
                seconds(allPartitions));
    }

    static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
