package io.exitpool.streams.allocation;

import io.exitpool.core.decision.Addresses;
import io.exitpool.core.event.ServerStarted;
import io.exitpool.core.event.SessionEnded;
import io.exitpool.core.event.SessionId;
import io.exitpool.core.event.SessionStarted;
import io.exitpool.core.event.SnapshotEntry;
import io.exitpool.core.event.SnapshotPart;
import io.exitpool.core.pool.Ladder;
import io.exitpool.core.pool.Order;
import io.exitpool.core.pool.PlacementPolicy;
import io.exitpool.core.pool.PoolConfig;
import io.exitpool.core.pool.SlotRange;
import io.exitpool.core.pool.Targets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Pools and events for the tests of the topology. */
final class Pools {
    /** 192.0.2.0, for documentation. */
    static final int FIRST_V4 = 192 << 24 | 2 << 8;

    private Pools() {}

    /** So many slots from 192.0.2.0 on, exclusive, with a rest of a minute. */
    static PoolConfig of(long version, int slots) {
        return of(
                version,
                List.of(new SlotRange(0, slots, Addresses.ofV4(FIRST_V4))),
                Optional.empty());
    }

    static PoolConfig of(long version, List<SlotRange> slots) {
        return of(version, slots, Optional.empty());
    }

    /** The same, with the order to forget what is known of them. */
    static PoolConfig rebuild(long version, int slots) {
        return of(
                version,
                List.of(new SlotRange(0, slots, Addresses.ofV4(FIRST_V4))),
                Optional.of(new Order.Rebuild()));
    }

    private static PoolConfig of(long version, List<SlotRange> slots, Optional<Order> order) {
        return new PoolConfig(
                version,
                slots,
                1,
                60_000,
                PlacementPolicy.UNIFORM_RANDOM,
                Ladder.NONE,
                1.0,
                300_000,
                false,
                List.of(),
                order,
                Targets.DEFAULT);
    }

    /** An agent's first words: it begins its epoch, and nothing lives on its server. */
    static void begin(AllocationDriver driver, String server, long epoch) {
        driver.event(server, epoch, new ServerStarted());
        snapshot(driver, server, epoch);
    }

    static void snapshot(
            AllocationDriver driver, String server, long epoch, SnapshotEntry... live) {
        driver.event(server, epoch, new SnapshotPart(1, 0, 1, List.of(live)));
    }

    static SnapshotEntry held(int session, int slot) {
        return new SnapshotEntry(id(session), OptionalInt.of(slot), OptionalInt.empty());
    }

    static SessionStarted start(int session) {
        return new SessionStarted(id(session), OptionalInt.empty(), OptionalInt.empty(), 0);
    }

    static SessionEnded end(int session) {
        return new SessionEnded(id(session));
    }

    static SessionId id(int session) {
        return new SessionId(session, ~session);
    }
}
