package io.exitpool.bench.core;

import io.exitpool.core.event.AgentEvent;
import io.exitpool.core.event.SessionId;
import io.exitpool.core.pool.PartitionPools;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * As many servers as it takes to start a batch of sessions, round robin. A larger pool is 60 % full
 * before; small ones are filled.
 */
public abstract class FillParameters extends PoolParameters {
    final AgentEvent[] events = new AgentEvent[BATCH];
    final List<PoolServer> servers = new ArrayList<>();
    SessionId[] sessions;
    private PartitionPools pools;
    private long now = PoolServer.BEGIN;

    @Setup(Level.Trial)
    public void configure(Blackhole blackhole) {
        pools = pools(blackhole);
        int batchServers = (BATCH + slots - 1) / slots;
        for (int n = 0; n < batchServers; n++) {
            servers.add(new PoolServer(pools, "fi-hel-" + n, slots, placement, 1));
        }
        sessions = sessions(Math.max(BATCH, slots));
        // Every slot is used once, so that all grants tell of a gap.
        for (PoolServer server : servers) {
            for (int n = 0; n < slots; n++) {
                hear(server, server.started(sessions[n], now));
            }
            int emptied = servers.size() > 1 ? slots : Math.max(BATCH, slots * 2 / 5);
            for (int n = 0; n < emptied; n++) {
                hear(server, server.ended(sessions[n], now));
            }
        }
        rest();
    }

    PoolServer server(int n) {
        return servers.get(n % servers.size());
    }

    /** Lets every slot that rests be free. */
    final void rest() {
        now += 1_000;
        pools.onTick(now);
    }

    final void makeStarts() {
        for (int n = 0; n < BATCH; n++) {
            events[n] = server(n).started(sessions[n], now);
        }
    }

    final void makeEnds() {
        for (int n = 0; n < BATCH; n++) {
            events[n] = server(n).ended(sessions[n], now);
        }
    }

    final void hearAll() {
        for (int n = 0; n < BATCH; n++) {
            hear(server(n), events[n]);
        }
    }

    private void hear(PoolServer server, AgentEvent event) {
        pools.onEvent(server.name(), event, now);
    }
}
