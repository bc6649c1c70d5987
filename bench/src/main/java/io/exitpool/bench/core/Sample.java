package io.exitpool.bench.core;

import java.util.Map;
import java.util.OptionalDouble;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * What one run of a benchmark in a Java machine of its own found, for one operation.
 *
 * @param nanos by the clock
 * @param cpuNanos on a processor, where it was measured
 * @param bytes allocated
 */
record Sample(double nanos, OptionalDouble cpuNanos, double bytes) {

    /** Of the benchmark's own {@link Meter} if it has one, else of JMH's profiler. */
    static Sample of(RunResult run) {
        @SuppressWarnings("rawtypes")
        Map<String, Result> others = run.getSecondaryResults();
        double nanos = run.getPrimaryResult().getScore();
        if (!others.containsKey("operations")) {
            return new Sample(
                    nanos, OptionalDouble.empty(), others.get("gc.alloc.rate.norm").getScore());
        }
        double operations = others.get("operations").getScore();
        return new Sample(
                nanos,
                OptionalDouble.of(others.get("cpuNanos").getScore() / operations),
                others.get("bytes").getScore() / operations);
    }
}
