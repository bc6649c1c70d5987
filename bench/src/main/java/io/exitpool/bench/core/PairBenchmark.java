package io.exitpool.bench.core;

import io.exitpool.core.event.AgentEvent;
import io.exitpool.core.pool.PartitionPools;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.infra.Blackhole;

/** {@link PairEvents} to a pool. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PairBenchmark extends PairEvents {
    private PartitionPools pools;
    private PoolServer server;

    @Override
    PoolServer begin(Blackhole blackhole) {
        pools = pools(blackhole);
        server = new PoolServer(pools, "fi-hel-01", slots, placement, restMillis());
        return server;
    }

    @Override
    void hear(AgentEvent event, long at) {
        pools.onEvent(server.name(), event, at);
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void pair() {
        hearPairs();
    }
}
