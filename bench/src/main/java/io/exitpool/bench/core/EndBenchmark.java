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

/** Sessions end that started between two measured batches, each on a slot that had rested. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EndBenchmark extends FillParameters {

    @Setup(Level.Invocation)
    public void make(Meter meter) {
        makeStarts();
        hearAll();
        makeEnds();
        beginMeasured(meter);
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void end() {
        hearAll();
    }

    @TearDown(Level.Invocation)
    public void undo() {
        endMeasured();
        rest();
    }
}
