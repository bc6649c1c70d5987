package io.exitpool.bench.core;

import io.exitpool.core.event.AgentEvent;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.infra.Blackhole;

/** {@link PairEvents} to books without a rule: the floor of any allocator that tells as much. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PlainPairBenchmark extends PairEvents {
    private PlainBooks books;

    @Override
    PoolServer begin(Blackhole blackhole) {
        PoolServer server =
                new PoolServer(pools(blackhole), "fi-hel-01", slots, placement, restMillis());
        books = new PlainBooks(server.name(), slots, new ConsumingSink(blackhole));
        return server;
    }

    @Override
    void hear(AgentEvent event, long at) {
        books.onEvent(event, at);
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void plainPair() {
        hearPairs();
    }
}
