package io.exitpool.core.pool;

import io.exitpool.core.decision.RejectCause;
import io.exitpool.core.decision.ReleaseCause;
import io.exitpool.core.event.AgentEvent;
import io.exitpool.core.event.EventBody;
import io.exitpool.core.event.SessionEnded;
import io.exitpool.core.event.SessionId;
import io.exitpool.core.event.SessionStarted;
import io.exitpool.core.event.SnapshotEntry;
import io.exitpool.core.event.SnapshotPart;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/**
 * One server's pool: hears events, time and configurations in the order of its partition, each with
 * the record's append time, and follows the rules. It touches its image only, and hands the sink
 * the decisions and the rows that changed.
 *
 * <p>Invariant, checked after every record: free + resting + in use + set aside slots are all
 * slots, and the slots carry as many sessions as there are leases and lease rows.
 */
final class Pool implements EventBody.Cases {
    private final String server;
    private final AllocationSettings settings;
    private final Sink sink;
    private final PoolImage image;
    private final PoolState state;
    private final LeaseBook book;
    private final Chooser chooser;
    private final SnapshotRule snapshots;

    private Optional<SnapshotAssembly> pending = Optional.empty();

    /** The last snapshot that was counted as incomplete. */
    private OptionalLong incomplete = OptionalLong.empty();

    /** A pool without a past; it waits for its first snapshot. */
    Pool(
            String server,
            PoolImage image,
            AllocationSettings settings,
            RandomGenerator random,
            Sink sink,
            long counted) {
        this.server = server;
        this.image = image;
        this.settings = settings;
        this.sink = sink;
        state = new PoolState(counted);
        book = new LeaseBook(server, image, state, sink);
        chooser = new Chooser(image, state, book, settings, random);
        snapshots = new SnapshotRule(image, state, book, chooser);
    }

    /** While a pool is put together from its rows: what its own row says; before the others. */
    void restore(PoolRow row) {
        state.restore(row);
    }

    /** While a pool is put together from its rows: a lease. */
    void restore(SessionId session, LeaseRow row) {
        book.restore(session, row);
    }

    /** While a pool is put together from its rows: an event that it had seen, a decision made. */
    void seen(long epoch, long seq, long decided) {
        state.seen(epoch, seq, decided);
    }

    /** While a pool is put together from its rows: they do not fit together. */
    void restoreFailed(String what) {
        state.failed = Optional.of(what);
    }

    String server() {
        return server;
    }

    boolean hasFailed() {
        return state.failed.isPresent();
    }

    int sessions() {
        return image.leases().size();
    }

    /**
     * Whether the server is unknown from now on: removed, and nothing of it left. Not before time
     * is past its numbers, so that a pool configured now begins above them.
     */
    boolean gone() {
        return state.removed && image.slots().size() == 0 && state.decided <= state.now * 1_000;
    }

    // Events

    void on(AgentEvent event, long now, long counted) {
        state.begin(now, counted, event.seq());
        if (state.failed.isPresent()) {
            refuse(event, RejectCause.POOL_FAILED, settings.maxRetryAfterMillis());
            writeRow();
            return;
        }
        expireIfSilent();
        if (Math.abs(event.occurredAt() * 1000 - now) > settings.maxClockSkewMillis()) {
            state.tally.skewedClocks++;
        }
        long known = state.epoch.orElse(0);
        if (event.epoch() < known) {
            state.tally.staleEpochs++;
            refuse(event, RejectCause.STALE_EPOCH, 0);
            writeRow();
            return;
        }
        if (event.epoch() > known) {
            beginEpoch(OptionalLong.of(event.epoch()));
            writeRow();
        }
        if (event.seq() <= state.seq) {
            state.tally.duplicates++;
            return;
        }
        state.seq = event.seq();
        state.seqKept = false;
        event.body().match(this);
        if (!state.seqKept) {
            writeRow();
        }
        book.check();
    }

    @Override
    public void serverStarted() {
        // Its epoch says it all; the snapshot that follows does the work.
    }

    @Override
    public void started(SessionStarted start) {
        int lease = image.leases().find(start.session());
        if (!state.synced) {
            book.reject(start.session(), RejectCause.NOT_SYNCED, 0, start.attempt());
        } else if (lease != Leases.NONE) {
            book.grantAgain(lease, start.attempt());
        } else if (!chooser.adopt(start.session(), start.held(), start.attempt())) {
            chooser.place(start.session(), start.wanted(), start.attempt());
        }
    }

    @Override
    public void ended(SessionEnded end) {
        int lease = image.leases().find(end.session());
        if (lease == Leases.NONE) {
            state.tally.unknownEnds++;
        } else {
            book.release(lease, end.session(), ReleaseCause.ENDED);
        }
    }

    @Override
    public void snapshotPart(SnapshotPart part) {
        if (pending.isEmpty() || !pending.get().continuesWith(part, state.seq)) {
            pending.ifPresent(dropped -> countIncomplete(dropped.snapshot()));
            pending = SnapshotAssembly.begin(part, state.seq);
            if (pending.isEmpty()) {
                countIncomplete(part.snapshot());
            }
        }
        pending.ifPresent(assembly -> assembly.add(part));
        if (pending.isPresent() && pending.get().complete()) {
            List<SnapshotEntry> entries = pending.get().entries();
            pending = Optional.empty();
            snapshots.apply(entries);
            writeRow();
        }
    }

    /** Once for a snapshot, however many of its parts come without the missing one. */
    private void countIncomplete(long snapshot) {
        if (incomplete.isEmpty() || incomplete.getAsLong() != snapshot) {
            state.tally.incompleteSnapshots++;
            incomplete = OptionalLong.of(snapshot);
        }
    }

    private void beginEpoch(OptionalLong epoch) {
        state.beginEpoch(epoch);
        pending = Optional.empty();
        incomplete = OptionalLong.empty();
    }

    private void refuse(AgentEvent event, RejectCause cause, long retryAfter) {
        if (event.body() instanceof SessionStarted start) {
            book.reject(start.session(), cause, retryAfter, start.attempt());
        }
    }

    // Time

    /** Rest and ttl go on; whether a status is due because something happened. */
    boolean tick(long now, long counted) {
        state.begin(now, counted);
        if (state.failed.isEmpty()) {
            expireIfSilent();
            if (image.retires(now)) {
                image.reconfigure(image.config(), now, server, sink);
                state.stirred = true;
            }
            image.slots().advance(now);
            book.check();
        }
        boolean due = state.stirred;
        state.stirred = false;
        if (due) {
            writeRow();
        }
        return due;
    }

    private void expireIfSilent() {
        boolean silent = state.counted - state.renewedAt >= image.config().leaseTtlMillis();
        if (silent && (state.synced || image.leases().size() > 0)) {
            boolean byEvent = state.answers;
            state.answers = false;
            state.synced = false;
            pending = Optional.empty();
            book.releaseAllBut(new BitSet(), ReleaseCause.EXPIRED);
            writeRow();
            state.answers = byEvent;
        }
    }

    // Configuration

    /** The configuration that the pool was made with is the server's first. */
    void configureFirst(long now, long counted) {
        state.begin(now, counted);
        sink.config(server, image.config());
        writeRow();
        book.check();
    }

    /** Takes a configuration; what forbids it, if something does. */
    Optional<String> configure(PoolConfig next, long now, long counted) {
        state.begin(now, counted);
        PoolConfig current = image.config();
        if (!state.removed && next.version() <= current.version()) {
            return next.equals(current)
                    ? Optional.empty()
                    : Optional.of(
                            "version %d is not above %d, which is in force"
                                    .formatted(next.version(), current.version()));
        }
        Optional<String> refusal = image.refuses(next);
        if (refusal.isPresent()) {
            return refusal;
        }
        boolean rebuilds = next.order().map(Order.Rebuild.class::isInstance).orElse(false);
        if (state.failed.isPresent() && !rebuilds) {
            return Optional.of("the pool has failed; run pools rebuild " + server + " first");
        }
        state.removed = false;
        // Before the change, because an order names slots as they are.
        next.order().ifPresent(order -> order.match(this::release, this::reset, this::rebuild));
        adoptConfig(next);
        return Optional.empty();
    }

    /** The server's configuration is gone: every slot retires. */
    void remove(long now, long counted) {
        state.begin(now, counted);
        state.removed = true;
        if (state.failed.isPresent()) {
            rebuild();
        }
        adoptConfig(image.config().withoutSlots());
    }

    private void adoptConfig(PoolConfig next) {
        image.reconfigure(next, state.now, server, sink);
        sink.config(server, next);
        state.stirred = true;
        writeRow();
        book.check();
    }

    private void release(Order.ReleaseSlot order) {
        book.releaseSlot(image.indexOf(order.slot()), ReleaseCause.OPERATOR);
    }

    private void reset() {
        beginEpoch(OptionalLong.empty());
    }

    private void rebuild() {
        book.tear();
        state.synced = false;
        state.failed = Optional.empty();
        state.tally.set(PoolCounters.ZERO);
        pending = Optional.empty();
    }

    // Failure and reports

    /** A record of this server could not be believed. */
    void countDeadLetter() {
        state.tally.deadLetters++;
        state.stirred = true;
    }

    /** The books do not add up: from now on the pool grants nothing, until it is rebuilt. */
    void fail(String what, Optional<AgentEvent> event) {
        state.failed = Optional.of(what);
        state.stirred = true;
        state.undecide();
        pending = Optional.empty();
        event.ifPresent(e -> refuse(e, RejectCause.POOL_FAILED, settings.maxRetryAfterMillis()));
        writeRow();
    }

    private void writeRow() {
        state.seqKept = true;
        sink.pool(server, state.row(image));
    }

    PoolStatus status() {
        Slots slots = image.slots();
        PoolConfig config = image.config();
        return new PoolStatus(
                state.now,
                state.decided,
                state.epoch,
                state.removed ? OptionalLong.empty() : image.version(),
                state.synced,
                state.lastSnapshotAt,
                state.counted - state.renewedAt,
                state.failed,
                slots.size(),
                slots.free(),
                slots.resting(),
                slots.inUse(),
                slots.setAside(),
                image.leases().size(),
                slots.loads(),
                config.cap(),
                config.minRestMillis(),
                config.targets(),
                config.draining(),
                image.retiring().stream().map(SlotRange::firstId).toList(),
                slots.map(PoolStatus.MAX_MAP),
                state.tally.read());
    }
}
