package io.exitpool.bench.core;

import io.exitpool.core.decision.Addresses;
import io.exitpool.core.event.AgentEvent;
import io.exitpool.core.event.EventBody;
import io.exitpool.core.event.SessionEnded;
import io.exitpool.core.event.SessionId;
import io.exitpool.core.event.SessionStarted;
import io.exitpool.core.event.SnapshotPart;
import io.exitpool.core.pool.Ladder;
import io.exitpool.core.pool.PartitionPools;
import io.exitpool.core.pool.PlacementPolicy;
import io.exitpool.core.pool.PoolConfig;
import io.exitpool.core.pool.SlotRange;
import io.exitpool.core.pool.Targets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** One exit server as a benchmark plays it: its pool's configuration, and its next events. */
final class PoolServer {
    /** A moment in 2026. */
    static final long BEGIN = 1_790_000_000_000L;

    /** 198.51.100.0 of RFC 5737 and 2001:db8:: of RFC 3849: every slot has both families. */
    static final Addresses FIRST_ADDRESSES =
            new Addresses(true, 0xC633_6400, true, 0x2001_0db8_0000_0000L, 0);

    private static final long EPOCH = BEGIN;
    private static final long YEAR_MILLIS = 366L * 86_400_000;

    private final String name;
    private long seq;

    /** A server whose pool is configured and synchronized, with no session yet. */
    PoolServer(
            PartitionPools pools,
            String name,
            int slots,
            PlacementPolicy placement,
            long minRestMillis) {
        this.name = name;
        pools.onConfig(name, Optional.of(config(slots, placement, minRestMillis)), BEGIN);
        pools.onEvent(name, event(new SnapshotPart(1, 0, 1, List.of()), BEGIN), BEGIN);
    }

    String name() {
        return name;
    }

    AgentEvent started(SessionId session, long now) {
        return event(new SessionStarted(session, OptionalInt.empty(), OptionalInt.empty(), 0), now);
    }

    AgentEvent ended(SessionId session, long now) {
        return event(new SessionEnded(session), now);
    }

    private AgentEvent event(EventBody body, long now) {
        seq++;
        return new AgentEvent(EPOCH, seq, now / 1000, body);
    }

    private static PoolConfig config(int slots, PlacementPolicy placement, long minRestMillis) {
        return new PoolConfig(
                1,
                List.of(new SlotRange(0, slots, FIRST_ADDRESSES)),
                1,
                minRestMillis,
                placement,
                Ladder.NONE,
                1,
                YEAR_MILLIS,
                false,
                List.of(),
                Optional.empty(),
                Targets.DEFAULT);
    }
}
