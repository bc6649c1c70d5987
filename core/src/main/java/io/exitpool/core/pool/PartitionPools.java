package io.exitpool.core.pool;

import io.exitpool.core.decision.Decision;
import io.exitpool.core.decision.RejectCause;
import io.exitpool.core.decision.Rejected;
import io.exitpool.core.event.AgentEvent;
import io.exitpool.core.event.SessionId;
import io.exitpool.core.event.SessionStarted;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * The pools of one partition and its time. One task owns it; it is not thread-safe.
 *
 * <p>Time is the append time of the records read, which never goes back, and beside it the counted
 * time: the same less every gap in which the partition said nothing for too long, so that nothing
 * expires that was merely waiting. A pool whose books do not add up fails alone.
 */
public final class PartitionPools {
    private final AllocationSettings settings;
    private final RandomGenerator random;
    private final Sink sink;
    private final Map<String, Pool> pools = new LinkedHashMap<>();
    private final Set<String> orphans = new TreeSet<>();

    /** Whether any time is known. */
    private boolean begun;

    /** Append time of the record at hand, or of the last one. */
    private long now;

    private long counted;
    private long lastStatusRound;

    public PartitionPools(AllocationSettings settings, RandomGenerator random, Sink sink) {
        this.settings = settings;
        this.random = random;
        this.sink = sink;
    }

    /** Puts the pools together from their rows. */
    public static Loader load(AllocationSettings settings, RandomGenerator random, Sink sink) {
        return new Loader(settings, random, sink);
    }

    /** An event of the server's agent, read at its record's append time. */
    public void onEvent(String server, AgentEvent event, long appendTime) {
        long at = pass(appendTime);
        Pool pool = pools.get(server);
        if (event.epoch() / 1000 - settings.maxEpochAheadMillis() > at) {
            sink.deadLetter(
                    "epoch %d is more than %d h ahead of the record's time; see pools reset-epoch"
                            .formatted(event.epoch(), settings.maxEpochAheadMillis() / 3_600_000));
            onDeadLetter(server);
            return;
        }
        if (pool == null) {
            rejectUnknown(server, event);
            return;
        }
        sink.mark();
        try {
            pool.on(event, at, counted);
        } catch (InvariantViolation violation) {
            fail(pool, Optional.of(event), violation);
        }
    }

    /**
     * The server's configuration, or that it has none any more. It moves no time, because events
     * that were written before it may not have been read yet.
     */
    public void onConfig(String server, Optional<PoolConfig> config, long appendTime) {
        long at = begun ? now : appendTime;
        Pool pool = pools.get(server);
        if (config.isEmpty()) {
            if (pool != null) {
                guard(pool, () -> pool.remove(at, counted));
            }
        } else if (pool == null) {
            configureNew(server, config.get(), at);
        } else {
            guard(
                    pool,
                    () ->
                            pool.configure(config.get(), at, counted)
                                    .ifPresent(refusal -> refuse(pool, refusal)));
        }
    }

    /** A record of the server that could be decoded, but not be believed. */
    public void onDeadLetter(String server) {
        Pool pool = pools.get(server);
        if (pool != null) {
            pool.countDeadLetter();
        }
    }

    /** Time passes: rest, lease-ttl, retiring slots, statuses. */
    public void onTick(long appendTime) {
        long at = pass(appendTime);
        long round = Math.floorDiv(at, settings.statusEveryMillis());
        boolean all = round != lastStatusRound;
        lastStatusRound = round;
        List<String> gone = new ArrayList<>();
        for (Pool pool : pools.values()) {
            boolean[] due = {all};
            guard(pool, () -> due[0] |= pool.tick(at, counted));
            if (pool.gone()) {
                gone.add(pool.server());
            } else if (due[0]) {
                sink.status(pool.server(), pool.status());
            }
        }
        for (String server : gone) {
            pools.remove(server);
            sink.rowsGone(server);
            sink.poolGone(server);
        }
    }

    /** Servers that have a configuration, or had one and are not empty yet. */
    public int servers() {
        return pools.size();
    }

    /** Leases of all pools. */
    public int sessions() {
        return pools.values().stream().mapToInt(Pool::sessions).sum();
    }

    /** Pools whose books do not add up, and that grant nothing until they are rebuilt. */
    public int failed() {
        return (int) pools.values().stream().filter(Pool::hasFailed).count();
    }

    /** Servers that rows were found of, but no configuration: an impossible state of the store. */
    public Set<String> orphans() {
        return Set.copyOf(orphans);
    }

    /** Lets time pass up to the record's; append times that go back do not count. */
    private long pass(long appendTime) {
        if (begun) {
            long passed = appendTime - now;
            if (passed <= 0) {
                return now;
            }
            counted += passed <= settings.maxCountedGapMillis() ? passed : 0;
        }
        begun = true;
        now = appendTime;
        return appendTime;
    }

    private void rejectUnknown(String server, AgentEvent event) {
        if (event.body() instanceof SessionStarted start) {
            sink.decision(
                    server,
                    new Decision(
                            start.session(),
                            OptionalLong.empty(),
                            OptionalLong.empty(),
                            OptionalLong.of(event.seq()),
                            OptionalLong.empty(),
                            new Rejected(
                                    RejectCause.NO_POOL,
                                    settings.maxRetryAfterMillis(),
                                    start.attempt())));
        }
    }

    private void configureNew(String server, PoolConfig config, long at) {
        if (orphans.remove(server)) {
            sink.rowsGone(server);
        }
        Pool pool = new Pool(server, new PoolImage(config), settings, random, sink, counted);
        pools.put(server, pool);
        guard(pool, () -> pool.configureFirst(at, counted));
    }

    private void refuse(Pool pool, String refusal) {
        pool.countDeadLetter();
        sink.deadLetter(refusal);
    }

    private void guard(Pool pool, Runnable step) {
        sink.mark();
        try {
            step.run();
        } catch (InvariantViolation violation) {
            fail(pool, Optional.empty(), violation);
        }
    }

    /** One pool's trouble stays its own: nothing of the record at hand takes effect on it. */
    private void fail(Pool pool, Optional<AgentEvent> event, InvariantViolation violation) {
        if (settings.failFast()) {
            throw violation;
        }
        sink.discard();
        pool.fail(violation.getMessage(), event);
        refuse(pool, "pool failed: " + violation.getMessage());
    }

    /** Rebuilds the pools of a partition from their rows, which may come in any order. */
    public static final class Loader {
        private final AllocationSettings settings;
        private final RandomGenerator random;
        private final Sink sink;
        private final Map<String, Rows> rows = new LinkedHashMap<>();

        private Loader(AllocationSettings settings, RandomGenerator random, Sink sink) {
            this.settings = settings;
            this.random = random;
            this.sink = sink;
        }

        public void config(String server, PoolConfig config) {
            of(server).config = Optional.of(config);
        }

        public void pool(String server, PoolRow row) {
            of(server).pool = Optional.of(row);
        }

        public void slot(String server, int slot, SlotRow row) {
            of(server).slots.put(slot, row);
        }

        public void lease(String server, SessionId session, LeaseRow row) {
            of(server).leases.add(new Lease(session, row));
        }

        /** The pools as the rows have them; one whose rows do not fit together has failed. */
        public PartitionPools finish() {
            PartitionPools partition = new PartitionPools(settings, random, sink);
            rows.forEach(
                    (server, its) ->
                            its.config.ifPresentOrElse(
                                    config -> partition.pools.put(server, its.pool(this, server)),
                                    () -> partition.orphans.add(server)));
            return partition;
        }

        private Rows of(String server) {
            return rows.computeIfAbsent(server, s -> new Rows());
        }
    }

    private record Lease(SessionId session, LeaseRow row) {}

    /** The rows of one server, each handed over once. */
    private static final class Rows {
        private Optional<PoolConfig> config = Optional.empty();
        private Optional<PoolRow> pool = Optional.empty();
        private final Map<Integer, SlotRow> slots = new HashMap<>();
        private final List<Lease> leases = new ArrayList<>();

        Pool pool(Loader loader, String server) {
            try {
                List<SlotRange> retiring = pool.map(PoolRow::retiring).orElse(List.of());
                Pool built =
                        build(loader, server, new PoolImage(config.orElseThrow(), retiring, slots));
                leases.forEach(lease -> built.restore(lease.session(), lease.row()));
                return built;
            } catch (InvariantViolation violation) {
                if (loader.settings.failFast()) {
                    throw violation;
                }
                Pool failed = build(loader, server, new PoolImage(config.orElseThrow()));
                failed.restoreFailed(violation.getMessage());
                return failed;
            }
        }

        private Pool build(Loader loader, String server, PoolImage image) {
            Pool built = new Pool(server, image, loader.settings, loader.random, loader.sink, 0);
            pool.ifPresent(built::restore);
            // Of a failed pool, too: it goes on refusing, and never under a number that was used.
            slots.values().forEach(row -> built.seen(row.epoch(), row.seq(), row.decided()));
            for (Lease lease : leases) {
                LeaseRow row = lease.row();
                built.seen(row.epoch(), row.seq(), row.decided());
            }
            return built;
        }
    }
}
