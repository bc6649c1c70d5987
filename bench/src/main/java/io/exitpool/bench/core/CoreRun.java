package io.exitpool.bench.core;

import io.exitpool.core.pool.PlacementPolicy;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs benchmarks, each in a Java machine of its own with the optimizing compiler, whatever this
 * one was started with.
 *
 * @param slots sizes of pools
 * @param placements of pools
 * @param warmUpSeconds before a benchmark is measured
 * @param seconds of a benchmark's measurement
 */
record CoreRun(
        List<Integer> slots, List<PlacementPolicy> placements, int warmUpSeconds, int seconds) {

    /** One round of a subject's benchmarks. */
    void run(Subject subject, Measured into) throws RunnerException {
        ChainedOptionsBuilder options =
                new OptionsBuilder()
                        .forks(1)
                        .warmupIterations(warmUpSeconds)
                        .warmupTime(TimeValue.seconds(1))
                        .measurementIterations(seconds)
                        .measurementTime(TimeValue.seconds(1))
                        .addProfiler(GCProfiler.class)
                        .shouldFailOnError(true)
                        .jvmArgs("-Xms1g", "-Xmx1g", "-XX:TieredStopAtLevel=4");
        for (Class<?> benchmark : subject.benchmarks()) {
            options.include("^" + Pattern.quote(benchmark.getName()) + "\\.");
        }
        if (subject.ofPools()) {
            options.param("slots", slots.stream().map(String::valueOf).toArray(String[]::new));
            options.param("placement", placements(subject));
        }
        Collection<RunResult> results = new Runner(options.build(), silence()).run();
        results.forEach(result -> into.add(Point.of(result.getParams()), Sample.of(result)));
    }

    /** A pool that chooses nothing is the same with all of them. */
    private String[] placements(Subject subject) {
        return placements.stream()
                .limit(subject == Subject.DRY ? 1 : placements.size())
                .map(PlacementPolicy::name)
                .toArray(String[]::new);
    }

    private static OutputFormat silence() {
        return OutputFormatFactory.createFormatInstance(
                new PrintStream(OutputStream.nullOutputStream()), VerboseMode.SILENT);
    }
}
