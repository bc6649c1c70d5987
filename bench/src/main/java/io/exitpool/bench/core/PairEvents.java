package io.exitpool.bench.core;

import io.exitpool.core.event.AgentEvent;
import io.exitpool.core.event.SessionId;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/**
 * A pool in its steady state, 60 % full: a session starts, and the one that has lasted longest
 * ends. Each pair is a millisecond after the last, and a slot rests for a fifth as many
 * milliseconds as there are slots, so that with each pair one slot's rest is over and another's
 * begins.
 */
public abstract class PairEvents extends PoolParameters {
    private final AgentEvent[] starts = new AgentEvent[BATCH];
    private final AgentEvent[] ends = new AgentEvent[BATCH];
    private SessionId[] sessions;
    private PoolServer server;
    private int live;
    private int next;
    private long now = PoolServer.BEGIN;

    /** The server of a pool that has no session yet. */
    abstract PoolServer begin(Blackhole blackhole);

    abstract void hear(AgentEvent event, long at);

    /** Every slot is used once before, so that all grants tell of a gap. */
    @Setup(Level.Trial)
    public void fill(Blackhole blackhole) {
        server = begin(blackhole);
        live = slots * 3 / 5;
        sessions = sessions(slots + 1);
        for (int n = 0; n < slots; n++) {
            hear(server.started(sessions[n], now), now);
        }
        for (int n = live; n < slots; n++) {
            hear(server.ended(sessions[n], now), now);
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

    /** All of them, in their order. */
    final void hearPairs() {
        for (int n = 0; n < BATCH; n++) {
            now++;
            hear(starts[n], now);
            hear(ends[n], now);
        }
    }

    final int restMillis() {
        return Math.max(1, slots / 5);
    }
}
