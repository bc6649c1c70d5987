package io.exitpool.core.simulation;

import io.exitpool.core.decision.RejectCause;
import io.exitpool.core.decision.Rejected;
import io.exitpool.core.decision.ReleaseCause;
import io.exitpool.core.decision.Released;
import io.exitpool.core.event.AgentEvent;
import io.exitpool.core.event.SessionId;
import io.exitpool.core.event.SessionStarted;
import io.exitpool.core.pool.AllocationSettings;
import io.exitpool.core.pool.Order;
import io.exitpool.core.pool.PoolConfig;
import io.exitpool.core.pool.PoolStatus;
import io.exitpool.core.pool.RecordingSink;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/** The model of a partition: its time, its configurations, its ticks, and what a reload keeps. */
final class NaivePartition {
    final Map<String, NaivePool> pools = new TreeMap<>();
    private final AllocationSettings settings;

    private OptionalLong now = OptionalLong.empty();
    private long counted;
    private long statusRound = Long.MIN_VALUE;

    NaivePartition(AllocationSettings settings) {
        this.settings = settings;
    }

    void event(String server, AgentEvent event, long appendTime, Answers answers) {
        long at = pass(appendTime);
        if (event.epoch() / 1000 > at + settings.maxEpochAheadMillis()) {
            answers.deadLetter("ahead of the record's time");
            Optional.ofNullable(pools.get(server)).ifPresent(NaivePartition::count);
        } else if (pools.containsKey(server)) {
            NaivePool pool = pools.get(server);
            pool.begin(at, counted, OptionalLong.of(event.seq()), answers);
            pool.hear(event);
        } else if (event.body() instanceof SessionStarted start) {
            answers.next(
                    server,
                    new io.exitpool.core.decision.Decision(
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
        answers.noneLeft();
    }

    /** Append times that go back do not count, and neither does a long gap as time of silence. */
    private long pass(long appendTime) {
        if (now.isPresent()) {
            long passed = Math.max(0, appendTime - now.getAsLong());
            counted += passed > settings.maxCountedGapMillis() ? 0 : passed;
            now = OptionalLong.of(now.getAsLong() + passed);
        } else {
            now = OptionalLong.of(appendTime);
        }
        return now.getAsLong();
    }

    // Rule 10

    void config(String server, Optional<PoolConfig> next, long appendTime, Answers answers) {
        long at = now.orElse(appendTime);
        NaivePool pool = pools.get(server);
        if (pool == null && next.isPresent()) {
            NaivePool created =
                    new NaivePool(server, settings, new NaiveSlots(next.get()), counted);
            created.begin(at, counted, OptionalLong.empty(), answers);
            pools.put(server, created);
        } else if (pool != null) {
            pool.begin(at, counted, OptionalLong.empty(), answers);
            next.ifPresentOrElse(config -> configure(pool, config), () -> remove(pool));
        }
        answers.noneLeft();
    }

    private void configure(NaivePool pool, PoolConfig next) {
        PoolConfig current = pool.slots.config;
        boolean rebuilds = next.order().equals(Optional.of(new Order.Rebuild()));
        if (!pool.removed && next.version() <= current.version()) {
            if (!next.equals(current)) {
                refused(pool, "is not above");
            }
        } else if (pool.slots.wouldChangeAddresses(next)) {
            refused(pool, "would change its addresses");
        } else if (pool.failed.isPresent() && !rebuilds) {
            refused(pool, "the pool has failed");
        } else {
            pool.removed = false;
            next.order().ifPresent(order -> obey(pool, order));
            pool.slots.change(next, pool.now);
            pool.stirred = true;
        }
    }

    private static void refused(NaivePool pool, String why) {
        pool.answers.deadLetter(why);
        count(pool);
    }

    private static void count(NaivePool pool) {
        pool.counters.deadLetters++;
        pool.stirred = true;
    }

    private static void obey(NaivePool pool, Order order) {
        order.match(
                release -> {
                    Set<SessionId> sessions = new HashSet<>();
                    pool.slots
                            .find(OptionalInt.of(release.slot()))
                            .ifPresent(slot -> slot.leases.forEach(l -> sessions.add(l.session())));
                    pool.releaseAll(sessions, ReleaseCause.OPERATOR);
                },
                () -> pool.beginEpoch(OptionalLong.empty()),
                () -> rebuild(pool));
    }

    private static void rebuild(NaivePool pool) {
        Set<SessionId> sessions = pool.slots.sessions();
        while (!sessions.isEmpty()) {
            SessionId next = pool.answers.peek(pool.server).session();
            pool.answers.check(sessions.remove(next), "reset, but has no lease: " + next);
            int slot = pool.slots.of(next).orElseThrow().id;
            long grantedAt = pool.slots.lease(next).grantedAt();
            pool.decided(next, new Released(slot, ReleaseCause.RESET, grantedAt, 0));
        }
        pool.slots.forget();
        pool.synced = false;
        pool.failed = Optional.empty();
        pool.counters = new NaiveCounters();
        pool.parts.clear();
    }

    private void remove(NaivePool pool) {
        pool.removed = true;
        if (pool.failed.isPresent()) {
            rebuild(pool);
        }
        pool.slots.change(NaiveSlots.withoutSlots(pool.slots.config), pool.now);
        pool.stirred = true;
    }

    // Time

    void tick(long appendTime, Answers answers) {
        long at = pass(appendTime);
        boolean all = statusRound != Math.floorDiv(at, settings.statusEveryMillis());
        statusRound = Math.floorDiv(at, settings.statusEveryMillis());
        for (NaivePool pool : List.copyOf(pools.values())) {
            pool.begin(at, counted, OptionalLong.empty(), answers);
            tick(pool, at);
            if (pool.removed && pool.slots.list.isEmpty() && pool.decided <= 1_000 * at) {
                answers.gone(pool.server);
                pools.remove(pool.server);
            } else if (all || pool.stirred) {
                compare(pool, answers.status(pool.server));
            }
            pool.stirred = false;
        }
        answers.noneLeft();
    }

    private static void tick(NaivePool pool, long at) {
        if (pool.failed.isPresent()) {
            return;
        }
        pool.expireIfSilent();
        if (pool.slots.retires(at)) {
            pool.slots.change(pool.slots.config, at);
            pool.stirred = true;
        }
        pool.slots.takeBackEarly(at);
    }

    private static void compare(NaivePool pool, PoolStatus status) {
        NaiveSlots slots = pool.slots;
        long at = pool.now;
        long rest = slots.config.minRestMillis();
        Answers answers = pool.answers;
        answers.equal(at, status.watermark(), "watermark");
        answers.equal(pool.decided, status.decisions(), "decisions");
        answers.equal(pool.counted - pool.renewedAt, status.silentMillis(), "silence");
        answers.equal(pool.epoch, status.epoch(), "epoch");
        OptionalLong version =
                pool.removed ? OptionalLong.empty() : OptionalLong.of(slots.config.version());
        answers.equal(version, status.configVersion(), "version");
        answers.equal(pool.synced, status.synced(), "synced");
        answers.equal(pool.lastSnapshotAt, status.lastSnapshotAt(), "last snapshot");
        answers.equal(pool.failed, status.failed(), "failed");
        answers.equal(slots.list.size(), status.slots(), "slots");
        answers.equal(slots.count(s -> s.aside), status.setAside(), "set aside");
        answers.equal(slots.count(s -> !s.aside && s.load() > 0), status.inUse(), "in use");
        answers.equal(slots.sessions().size(), status.sessions(), "sessions");
        answers.equal(slots.loads(), status.loads(), "loads");
        answers.equal(slots.config.cap(), status.cap(), "cap");
        answers.equal(rest, status.minRestMillis(), "rest");
        answers.equal(slots.config.targets(), status.targets(), "targets");
        answers.equal(slots.config.draining(), status.draining(), "draining");
        answers.equal(
                slots.all(s -> s.retiring).stream().map(s -> s.id).toList(),
                status.retiring(),
                "retiring");
        answers.equal(pool.counters.now(), status.counters(), "counters");
        if (pool.failed.isEmpty()) {
            answers.equal(slots.count(s -> s.free(at, rest)), status.free(), "free");
            answers.equal(slots.count(s -> s.resting(at, rest)), status.resting(), "resting");
            byte[] map = status.slotMap().orElseThrow();
            for (int i = 0; i < map.length; i++) {
                NaiveSlot slot = slots.list.get(i);
                int state = slot.aside ? 3 : slot.load() > 0 ? 2 : slot.free(at, rest) ? 0 : 1;
                answers.equal((byte) (state << 6 | slot.load()), map[i], "slot map at " + i);
            }
        }
    }

    // Reload

    /** What a partition knows again that was put together from its rows. */
    void reload(RecordingSink store) {
        now = OptionalLong.empty();
        counted = 0;
        statusRound = Long.MIN_VALUE;
        for (NaivePool pool : pools.values()) {
            RecordingSink.Rows rows = store.rows(pool.server);
            pool.failed = rows.pool.orElseThrow().failed();
            pool.counters = new NaiveCounters(rows.pool.orElseThrow().counters());
            pool.renewedAt = -rows.pool.orElseThrow().silentMillis();
            pool.parts.clear();
            pool.droppedSnapshot = OptionalLong.empty();
            pool.stirred = true;
            pool.slots.judgeAnew();
        }
    }
}
