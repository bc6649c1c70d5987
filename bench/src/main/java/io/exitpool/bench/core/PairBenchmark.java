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

/**
 * A pool in its steady state, 60 % full: a session starts, and the one that has lasted longest
 * ends. Each pair is a millisecond after the last, and a slot rests for a fifth as many
 * milliseconds as there are slots, so that with each pair one slot's rest is over and another's
 * begins.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PairBenchmark extends PoolParameters {
    private final AgentEvent[] starts = new AgentEvent[BATCH];
    private final AgentEvent[] ends = new AgentEvent[BATCH];
    private SessionId[] sessions;
    private PartitionPools pools;
    private PoolServer server;
    private int live;
    private int next;
    private long now = PoolServer.BEGIN;

    /** Every slot is used once before, so that all grants tell of a gap. */
    @Setup(Level.Trial)
    public void fill(Blackhole blackhole) {
        pools = pools(blackhole);
        server = new PoolServer(pools, "fi-hel-01", slots, placement, Math.max(1, slots / 5));
        live = slots * 3 / 5;
        sessions = sessions(slots + 1);
        for (int n = 0; n < slots; n++) {
            hear(server.started(sessions[n], now));
        }
        for (int n = live; n < slots; n++) {
            hear(server.ended(sessions[n], now));
        }
        now += slots;
        next = live;
    }

    @Setup(Level.Invocation)
    public void makeEvents(Meter meter) {
        for (int n = 0; n < BATCH; n++) {
            starts[n] = server.started(sessions[(next + n) % sessions.length], now + n + 1);
            ends[n] =
                    server.ended(
                            sessions[(next + n + sessions.length - live) % sessions.length],
                            now + n + 1);
        }
        next = (next + BATCH) % sessions.length;
        beginMeasured(meter);
    }

    @TearDown(Level.Invocation)
    public void count() {
        endMeasured();
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void pair() {
        for (int n = 0; n < BATCH; n++) {
            now++;
            hear(starts[n]);
            hear(ends[n]);
        }
    }

    private void hear(AgentEvent event) {
        pools.onEvent(server.name(), event, now);
    }
}
