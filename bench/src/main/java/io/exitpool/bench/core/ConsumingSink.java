package io.exitpool.bench.core;

import io.exitpool.core.decision.Decision;
import io.exitpool.core.event.SessionId;
import io.exitpool.core.pool.PoolConfig;
import io.exitpool.core.pool.PoolRow;
import io.exitpool.core.pool.PoolStatus;
import io.exitpool.core.pool.Sink;
import org.openjdk.jmh.infra.Blackhole;

/** A sink that only consumes: decisions whole, rows part by part. */
final class ConsumingSink implements Sink {
    private final Blackhole blackhole;

    ConsumingSink(Blackhole blackhole) {
        this.blackhole = blackhole;
    }

    @Override
    public void decision(String server, Decision decision) {
        blackhole.consume(decision);
    }

    @Override
    public void lease(
            String server,
            SessionId session,
            int slot,
            long epoch,
            long seq,
            long grantedAt,
            long decided) {
        blackhole.consume(session);
        blackhole.consume(slot);
        blackhole.consume(epoch);
        blackhole.consume(seq);
        blackhole.consume(grantedAt);
        blackhole.consume(decided);
    }

    @Override
    public void leaseGone(String server, SessionId session) {
        blackhole.consume(session);
    }

    @Override
    public void slot(
            String server,
            int slot,
            long releasedAt,
            boolean reported,
            long epoch,
            long seq,
            long decided) {
        blackhole.consume(slot);
        blackhole.consume(releasedAt);
        blackhole.consume(reported);
        blackhole.consume(epoch);
        blackhole.consume(seq);
        blackhole.consume(decided);
    }

    @Override
    public void slotGone(String server, int slot) {
        blackhole.consume(slot);
    }

    @Override
    public void rowsGone(String server) {
        blackhole.consume(server);
    }

    @Override
    public void pool(String server, PoolRow row) {
        blackhole.consume(row);
    }

    @Override
    public void config(String server, PoolConfig config) {
        blackhole.consume(config);
    }

    @Override
    public void poolGone(String server) {
        blackhole.consume(server);
    }

    @Override
    public void status(String server, PoolStatus status) {
        blackhole.consume(status);
    }

    /** Every event of a benchmark is good. */
    @Override
    public void deadLetter(String reason) {
        throw new IllegalStateException(reason);
    }

    @Override
    public void mark() {}

    @Override
    public void discard() {
        throw new IllegalStateException("a pool failed");
    }
}
