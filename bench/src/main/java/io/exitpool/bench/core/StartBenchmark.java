package io.exitpool.bench.core;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** Sessions start; between two measured batches they end, and their slots rest. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StartBenchmark extends FillParameters {

    @Setup(Level.Invocation)
    public void make(Meter meter) {
        makeStarts();
        beginMeasured(meter);
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void start() {
        hearAll();
    }

    @TearDown(Level.Invocation)
    public void undo() {
        endMeasured();
        makeEnds();
        hearAll();
        rest();
    }
}
