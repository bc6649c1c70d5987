package io.exitpool.core.pool;

import io.exitpool.core.decision.Decision;
import io.exitpool.core.decision.RejectCause;
import io.exitpool.core.decision.Rejected;
import io.exitpool.core.event.AgentEvent;
import io.exitpool.core.event.SessionStarted;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
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
    private final KeptPools kept;

    /** Servers whose pools are kept and not read yet. */
    private final Set<String> unread;

    private final Set<String> orphans;

    /** Whether any time is known. */
    private boolean begun;

    /** Append time of the record at hand, or of the last one. */
    private long now;

    private long counted;
    private long lastStatusRound;

    /** No pools yet. */
    public PartitionPools(AllocationSettings settings, RandomGenerator random, Sink sink) {
        this(settings, random, sink, KeptPools.NONE);
    }

    /** The pools go on as their rows have them. */
    public PartitionPools(
            AllocationSettings settings, RandomGenerator random, Sink sink, KeptPools kept) {
        this.settings = settings;
        this.random = random;
        this.sink = sink;
        this.kept = kept;
        unread = new LinkedHashSet<>(kept.servers());
        orphans = new TreeSet<>(kept.orphans());
    }

    /**
     * Puts together one more of the pools that are kept and that no record was about yet. Nothing
     * that is decided depends on when this is done: a pool is there before the first record that
     * concerns it, and a Tick concerns all.
     *
     * @return whether there was one
     */
    public boolean readNext() {
        Iterator<String> next = unread.iterator();
        if (!next.hasNext()) {
            return false;
        }
        read(next.next());
        return true;
    }

    /** An event of the server's agent, read at its record's append time. */
    public void onEvent(String server, AgentEvent event, long appendTime) {
        long at = pass(appendTime);
        Pool pool = pool(server);
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
        Pool pool = pool(server);
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
        Pool pool = pool(server);
        if (pool != null) {
            pool.countDeadLetter();
        }
    }

    /** Time passes: rest, lease-ttl, retiring slots, statuses. */
    public void onTick(long appendTime) {
        while (readNext()) {
            // Time passes for all of them.
        }
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
        return pools.size() + unread.size();
    }

    /** Leases of all pools that were read. */
    public int sessions() {
        return pools.values().stream().mapToInt(Pool::sessions).sum();
    }

    /**
     * Of the pools that were read, those whose books do not add up, and that grant nothing until
     * they are rebuilt.
     */
    public int failed() {
        return (int) pools.values().stream().filter(Pool::hasFailed).count();
    }

    /** Servers that rows were found of, but no configuration: an impossible state of the store. */
    public Set<String> orphans() {
        return Set.copyOf(orphans);
    }

    /** Null where the server has none. */
    private Pool pool(String server) {
        Pool pool = pools.get(server);
        if (pool == null && unread.contains(server)) {
            return read(server);
        }
        return pool;
    }

    private Pool read(String server) {
        PoolRows rows = new PoolRows();
        kept.read(server, rows);
        Pool pool = rows.pool(server, settings, random, sink);
        unread.remove(server);
        pools.put(server, pool);
        return pool;
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
}
