package io.exitpool.bench.core;

import io.exitpool.core.decision.Decision;
import io.exitpool.core.event.SessionId;
import io.exitpool.core.insight.PartitionStats;
import io.exitpool.core.pool.AllocationSettings;
import io.exitpool.core.pool.PartitionPools;
import io.exitpool.core.pool.PlacementPolicy;
import io.exitpool.core.pool.PoolConfig;
import io.exitpool.core.pool.PoolRow;
import io.exitpool.core.pool.PoolStatus;
import io.exitpool.core.pool.Sink;
import io.exitpool.core.stats.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Consumer;

/**
 * What a pool decides and reports in an hour, as its statistics hear it: a server of 91 slots, 60 %
 * full, on which every second five sessions start and five end; a status each second.
 */
final class DecidedHour implements Sink {
    static final int DECISIONS = 36_000;

    private static final String SERVER = "fi-hel-01";
    private static final int SLOTS = 91;
    private static final int LIVE = 55;
    private static final int PAIRS_PER_SECOND = 5;
    private static final long MIN_REST_MILLIS = 2_000;
    private static final OptionalLong LAG = OptionalLong.of(3);

    private final List<Consumer<PartitionStats>> told = new ArrayList<>();
    private long now = PoolServer.BEGIN;
    private boolean listening;

    DecidedHour() {
        PartitionPools pools = new PartitionPools(AllocationSettings.DEFAULT, new Random(1), this);
        PoolServer server =
                new PoolServer(
                        pools, SERVER, SLOTS, PlacementPolicy.UNIFORM_RANDOM, MIN_REST_MILLIS);
        SessionId[] sessions = PoolParameters.sessions(LIVE + DECISIONS / 2);
        for (int n = 0; n < LIVE; n++) {
            pools.onEvent(SERVER, server.started(sessions[n], now), now);
        }
        listening = true;
        for (int n = 0; n < DECISIONS / 2; n++) {
            now += 1_000 / PAIRS_PER_SECOND;
            pools.onEvent(SERVER, server.started(sessions[LIVE + n], now), now);
            pools.onEvent(SERVER, server.ended(sessions[n], now), now);
            if (n % PAIRS_PER_SECOND == PAIRS_PER_SECOND - 1) {
                pools.onTick(now);
            }
        }
    }

    /** Lets statistics hear all of it. */
    void tell(PartitionStats stats) {
        for (Consumer<PartitionStats> one : told) {
            one.accept(stats);
        }
    }

    @Override
    public void decision(String server, Decision decision) {
        if (listening) {
            Fact fact = new Fact(decision.number().orElseThrow(), now, LAG, decision.outcome());
            told.add(stats -> stats.onDecision(SERVER, fact));
        }
    }

    @Override
    public void status(String server, PoolStatus status) {
        long time = now;
        told.add(stats -> stats.onStatus(SERVER, Optional.of(status), time));
    }

    @Override
    public void deadLetter(String reason) {
        throw new IllegalStateException(reason);
    }

    @Override
    public void discard() {
        throw new IllegalStateException("a pool failed");
    }

    @Override
    public void lease(
            String server,
            SessionId session,
            int slot,
            long epoch,
            long seq,
            long grantedAt,
            long decided) {}

    @Override
    public void leaseGone(String server, SessionId session) {}

    @Override
    public void slot(
            String server,
            int slot,
            long releasedAt,
            boolean reported,
            long epoch,
            long seq,
            long decided) {}

    @Override
    public void slotGone(String server, int slot) {}

    @Override
    public void rowsGone(String server) {}

    @Override
    public void pool(String server, PoolRow row) {}

    @Override
    public void config(String server, PoolConfig config) {}

    @Override
    public void poolGone(String server) {}

    @Override
    public void mark() {}
}
