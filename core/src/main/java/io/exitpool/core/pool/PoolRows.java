package io.exitpool.core.pool;

import io.exitpool.core.event.SessionId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The rows of one server, each handed over once, and the pool that they make. */
public final class PoolRows {
    private Optional<PoolConfig> config = Optional.empty();
    private Optional<PoolRow> pool = Optional.empty();
    private final Map<Integer, SlotRow> slots = new HashMap<>();
    private final List<Lease> leases = new ArrayList<>();

    PoolRows() {}

    public void config(PoolConfig row) {
        config = Optional.of(row);
    }

    public void pool(PoolRow row) {
        pool = Optional.of(row);
    }

    public void slot(int slot, SlotRow row) {
        slots.put(slot, row);
    }

    public void lease(SessionId session, LeaseRow row) {
        leases.add(new Lease(session, row));
    }

    /** The pool as the rows have it; it has failed if they do not fit together. */
    Pool pool(String server, AllocationSettings settings, RandomGenerator random, Sink sink) {
        List<SlotRange> retiring = pool.map(PoolRow::retiring).orElse(List.of());
        try {
            PoolImage image = new PoolImage(config.orElseThrow(), retiring, slots);
            Pool built = pool(new Pool(server, image, settings, random, sink, 0));
            leases.forEach(lease -> built.restore(lease.session(), lease.row()));
            return built;
        } catch (InvariantViolation violation) {
            if (settings.failFast()) {
                throw violation;
            }
            PoolImage empty = new PoolImage(config.orElseThrow());
            Pool failed = pool(new Pool(server, empty, settings, random, sink, 0));
            failed.restoreFailed(violation.getMessage());
            return failed;
        }
    }

    private Pool pool(Pool built) {
        pool.ifPresent(built::restore);
        // Of a failed pool, too: it goes on refusing, and never under a number that was used.
        slots.values().forEach(row -> built.seen(row.epoch(), row.seq(), row.decided()));
        for (Lease lease : leases) {
            LeaseRow row = lease.row();
            built.seen(row.epoch(), row.seq(), row.decided());
        }
        return built;
    }

    private record Lease(SessionId session, LeaseRow row) {}
}
