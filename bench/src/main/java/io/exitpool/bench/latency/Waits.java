package io.exitpool.bench.latency;

import org.HdrHistogram.Histogram;

/** A histogram's few figures, in milliseconds. */
record Waits(long count, double p50, double p99, double p999, double max) {

    private static final double MICROS_PER_MILLI = 1_000;

    static Waits of(Histogram micros) {
        return new Waits(
                micros.getTotalCount(),
                millis(micros, 50),
                millis(micros, 99),
                millis(micros, 99.9),
                micros.getMaxValue() / MICROS_PER_MILLI);
    }

    private static double millis(Histogram micros, double percentile) {
        return micros.getValueAtPercentile(percentile) / MICROS_PER_MILLI;
    }
}
