package io.exitpool.bench.core;

import io.exitpool.core.event.AgentEvent;
import io.exitpool.core.event.SessionId;
import io.exitpool.core.pool.PartitionPools;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/** A pool that is dry, without a ladder: a start is rejected, or was heard before. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DryBenchmark extends PoolParameters {
    private final AgentEvent[] events = new AgentEvent[BATCH];
    private PartitionPools pools;
    private PoolServer server;
    private SessionId[] sessions;
    private AgentEvent heard;

    @Setup(Level.Trial)
    public void fill(Blackhole blackhole) {
        pools = pools(blackhole);
        server = new PoolServer(pools, "fi-hel-01", slots, placement, 1);
        sessions = sessions(slots + BATCH);
        for (int n = 0; n < slots; n++) {
            heard = server.started(sessions[n], PoolServer.BEGIN);
            hear(heard);
        }
    }

    @Setup(Level.Invocation)
    public void makeEvents(Meter meter) {
        for (int n = 0; n < BATCH; n++) {
            events[n] = server.started(sessions[slots + n], PoolServer.BEGIN);
        }
        beginMeasured(meter);
    }

    @TearDown(Level.Invocation)
    public void count() {
        endMeasured();
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void dry() {
        for (AgentEvent event : events) {
            hear(event);
        }
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void duplicate() {
        for (int n = 0; n < BATCH; n++) {
            hear(heard);
        }
    }

    private void hear(AgentEvent event) {
        pools.onEvent(server.name(), event, PoolServer.BEGIN);
    }
}
