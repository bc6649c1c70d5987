package io.exitpool.bench.peers;

import org.HdrHistogram.Histogram;

/**
 * What one peer did in one round: events answered in the measured time, the latency of its starts,
 * and its answers from the first to the last, warm-up included.
 */
record LoopResult(
        long events,
        long nanos,
        Histogram startLatency,
        long granted,
        long rejected,
        long decisions) {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MILLISECOND = 1e6;

    double eventsPerSecond() {
        return events * NANOS_PER_SECOND / nanos;
    }

    double startMillisAt(double percentile) {
        return startLatency.getValueAtPercentile(percentile) / NANOS_PER_MILLISECOND;
    }

    /** The share of starts that found no eligible slot. */
    double rejectedShare() {
        long starts = granted + rejected;
        return starts == 0 ? 0 : (double) rejected / starts;
    }

    /** Throws when no start was answered in the measured time: that is no figure. */
    LoopResult requireAnswers() {
        if (startLatency.getTotalCount() == 0) {
            throw new PeerException(
                    "no start was answered in the measured time: give it more with --warm-up"
                            + " and --seconds");
        }
        return this;
    }

    /** Throws when the peer's own log does not have one decision for each that was answered. */
    LoopResult requireDecisions(long logged) {
        if (logged != decisions) {
            throw new PeerException(
                    "the log has " + logged + " decisions, but " + decisions + " were answered");
        }
        return this;
    }
}
