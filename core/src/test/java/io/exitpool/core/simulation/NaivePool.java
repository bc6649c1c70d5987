package io.exitpool.core.simulation;

import io.exitpool.core.decision.Addresses;
import io.exitpool.core.decision.Choice;
import io.exitpool.core.decision.Decision;
import io.exitpool.core.decision.Granted;
import io.exitpool.core.decision.Outcome;
import io.exitpool.core.decision.RejectCause;
import io.exitpool.core.decision.Rejected;
import io.exitpool.core.decision.ReleaseCause;
import io.exitpool.core.decision.Released;
import io.exitpool.core.decision.Rung;
import io.exitpool.core.event.AgentEvent;
import io.exitpool.core.event.EventBody;
import io.exitpool.core.event.SessionEnded;
import io.exitpool.core.event.SessionId;
import io.exitpool.core.event.SessionStarted;
import io.exitpool.core.event.SnapshotEntry;
import io.exitpool.core.event.SnapshotPart;
import io.exitpool.core.pool.AllocationSettings;
import io.exitpool.core.pool.SlotRow;
import io.exitpool.core.simulation.NaiveSlot.Lease;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A pool by the letter of the rules, with lists and scans. It says what must be decided, holds it
 * against what was, and follows where chance decides among what the rules allow.
 */
final class NaivePool implements EventBody.Cases {
    final String server;
    final AllocationSettings settings;
    final NaiveSlots slots;

    OptionalLong epoch = OptionalLong.empty();
    long seq;

    /** Number of the last decision; 0 before the first. */
    long decided;

    boolean synced;
    boolean removed;
    Optional<String> failed = Optional.empty();
    long renewedAt;
    OptionalLong lastSnapshotAt = OptionalLong.empty();
    NaiveCounters counters = new NaiveCounters();

    /** Whether anything was heard of it since its last status. */
    boolean stirred = true;

    final List<SnapshotPart> parts = new ArrayList<>();
    private long lastPartSeq;
    OptionalLong droppedSnapshot = OptionalLong.empty();

    long now;
    long counted;
    OptionalLong answered = OptionalLong.empty();
    Answers answers;

    NaivePool(String server, AllocationSettings settings, NaiveSlots slots, long counted) {
        this.server = server;
        this.settings = settings;
        this.slots = slots;
        renewedAt = counted;
    }

    void begin(long atNow, long atCounted, OptionalLong event, Answers told) {
        now = atNow;
        counted = atCounted;
        answered = event;
        answers = told;
    }

    // Rules 1, 2, 7, 9

    void hear(AgentEvent event) {
        stirred = true;
        if (failed.isPresent()) {
            rejectIfStart(event, RejectCause.POOL_FAILED, settings.maxRetryAfterMillis());
            return;
        }
        expireIfSilent();
        if (Math.abs(event.occurredAt() * 1000 - now) > settings.maxClockSkewMillis()) {
            counters.skewedClocks++;
        }
        if (epoch.isPresent() && event.epoch() < epoch.getAsLong()) {
            counters.staleEpochs++;
            rejectIfStart(event, RejectCause.STALE_EPOCH, 0);
            return;
        }
        if (epoch.isEmpty() || event.epoch() > epoch.getAsLong()) {
            beginEpoch(OptionalLong.of(event.epoch()));
        }
        if (event.seq() <= seq) {
            counters.duplicates++;
            return;
        }
        seq = event.seq();
        event.body().match(this);
    }

    void beginEpoch(OptionalLong next) {
        epoch = next;
        seq = 0;
        synced = false;
        parts.clear();
        droppedSnapshot = OptionalLong.empty();
    }

    private void rejectIfStart(AgentEvent event, RejectCause cause, long retryAfter) {
        if (event.body() instanceof SessionStarted start) {
            decided(start.session(), new Rejected(cause, retryAfter, start.attempt()));
        }
    }

    @Override
    public void serverStarted() {}

    @Override
    public void started(SessionStarted start) {
        if (!synced) {
            decided(start.session(), new Rejected(RejectCause.NOT_SYNCED, 0, start.attempt()));
        } else if (slots.of(start.session()).isPresent()) {
            repeat(start.session(), start.attempt());
        } else if (!adopt(start.session(), start.held(), start.attempt())) {
            place(start.session(), start.wanted(), start.attempt());
        }
    }

    @Override
    public void ended(SessionEnded end) {
        if (slots.of(end.session()).isPresent()) {
            release(end.session(), ReleaseCause.ENDED);
        } else {
            counters.unknownEnds++;
        }
    }

    // Rule 8

    @Override
    public void snapshotPart(SnapshotPart part) {
        boolean continues =
                !parts.isEmpty()
                        && parts.get(0).snapshot() == part.snapshot()
                        && parts.get(0).parts() == part.parts()
                        && parts.size() == part.part()
                        && lastPartSeq + 1 == seq;
        if (!continues && !parts.isEmpty()) {
            dropped(parts.get(0).snapshot());
            parts.clear();
        }
        if (!continues && part.part() > 0) {
            dropped(part.snapshot());
            return;
        }
        parts.add(part);
        lastPartSeq = seq;
        if (parts.size() == part.parts()) {
            List<SnapshotEntry> entries = new ArrayList<>();
            parts.forEach(one -> entries.addAll(one.entries()));
            parts.clear();
            apply(entries);
        }
    }

    private void dropped(long snapshot) {
        if (!droppedSnapshot.equals(OptionalLong.of(snapshot))) {
            counters.incompleteSnapshots++;
        }
        droppedSnapshot = OptionalLong.of(snapshot);
    }

    private void apply(List<SnapshotEntry> entries) {
        Set<SessionId> keep = new HashSet<>();
        entries.stream()
                .filter(entry -> slots.of(entry.session()).isPresent())
                .forEach(entry -> keep.add(entry.session()));
        if (!synced) {
            entries.forEach(entry -> passOn(entry, keep));
        }
        Set<SessionId> doomed = slots.sessions();
        doomed.removeAll(keep);
        releaseAll(doomed, synced ? ReleaseCause.VANISHED : ReleaseCause.RESET);
        synced = true;
        renewedAt = counted;
        lastSnapshotAt = OptionalLong.of(now);
        for (SnapshotEntry entry : entries) {
            Optional<NaiveSlot> its = slots.of(entry.session());
            if (its.isEmpty()) {
                adopt(entry.session(), entry.held(), 0);
            } else if (entry.held().isPresent() && entry.held().getAsInt() != its.get().id) {
                counters.adoptionConflicts++;
                repeat(entry.session(), 0);
            }
        }
        for (SnapshotEntry entry : entries) {
            if (slots.of(entry.session()).isEmpty()) {
                place(entry.session(), entry.wanted(), 0);
            }
        }
    }

    /** A lease of an older epoch that nobody names goes to a session that holds its slot. */
    private void passOn(SnapshotEntry entry, Set<SessionId> keep) {
        Optional<NaiveSlot> held = slots.find(entry.held());
        if (slots.of(entry.session()).isPresent()
                || held.isEmpty()
                || held.get().leases.stream().allMatch(lease -> keep.contains(lease.session()))) {
            return;
        }
        NaiveSlot slot = held.get();
        SessionId old = answers.peek(server).session();
        Optional<Lease> passed =
                slot.leases.stream()
                        .filter(lease -> lease.session().equals(old) && !keep.contains(old))
                        .findFirst();
        answers.check(passed.isPresent(), "a lease is passed on that is not to be");
        slot.leases.remove(passed.get());
        decided(
                old,
                new Released(
                        slot.id, ReleaseCause.PASSED_ON, passed.get().grantedAt(), slot.load()));
        keep.add(entry.session());
        grant(entry.session(), slot, Choice.ADOPTED, Rung.REGULAR, OptionalLong.empty(), 0);
    }

    // Rule 6

    private boolean adopt(SessionId session, OptionalInt held, int attempt) {
        if (held.isEmpty()) {
            return false;
        }
        Optional<NaiveSlot> slot = slots.find(held);
        if (slot.isEmpty() || slot.get().load() >= slots.capMax()) {
            counters.adoptionConflicts++;
            return false;
        }
        Rung none = Rung.REGULAR;
        grant(session, slot.get(), Choice.ADOPTED, none, OptionalLong.empty(), attempt);
        return true;
    }

    // Rules 3, 4 and 5

    private void place(SessionId session, OptionalInt wanted, int attempt) {
        if (removed || slots.config.draining()) {
            RejectCause cause = removed ? RejectCause.NO_POOL : RejectCause.DRAINING;
            decided(session, new Rejected(cause, settings.maxRetryAfterMillis(), attempt));
            return;
        }
        slots.takeBackEarly(now);
        Optional<NaiveSlot> wish = slots.find(wanted).filter(slot -> slots.eligible(slot, now));
        if (wish.isPresent()) {
            grantEmptyOrNot(session, wish.get(), Choice.WANTED, earlyOrNot(wish.get()), attempt);
            return;
        }
        List<NaiveSlot> eligible = slots.all(slot -> slots.eligible(slot, now));
        if (!eligible.isEmpty()) {
            NaiveSlot slot = followed(slots.byPlacement(eligible, now));
            grantEmptyOrNot(session, slot, Choice.PLACED, earlyOrNot(slot), attempt);
            return;
        }
        climb(session, attempt);
    }

    private void climb(SessionId session, int attempt) {
        List<NaiveSlot> shortened = slots.all(slot -> slots.floored(slot, now));
        List<NaiveSlot> sharing = slots.leastLoaded(slots.all(slots::mayBeShared));
        if (!shortened.isEmpty()) {
            NaiveSlot slot = followed(shortened);
            grantEmptyOrNot(session, slot, Choice.PLACED, Rung.REST_SHORTENED, attempt);
        } else if (!sharing.isEmpty()) {
            NaiveSlot slot = followed(sharing);
            grantEmptyOrNot(session, slot, Choice.PLACED, Rung.SHARED, attempt);
        } else {
            long wait = slots.untilNextIsRested(now);
            wait = Math.min(wait, settings.maxRetryAfterMillis());
            wait = Math.max(wait, settings.minRetryAfterMillis());
            decided(session, new Rejected(RejectCause.EXHAUSTED, wait, attempt));
        }
    }

    private Rung earlyOrNot(NaiveSlot slot) {
        boolean bent = slot.load() == 0 && !slot.rested(now, slots.config.minRestMillis());
        return bent ? Rung.REST_CAPPED : Rung.REGULAR;
    }

    /** The slot that chance took, which must be one of those that the rules allow. */
    private NaiveSlot followed(List<NaiveSlot> allowed) {
        Outcome told = answers.peek(server).outcome();
        answers.check(told instanceof Granted, "not granted although a slot may be");
        int chosen = ((Granted) told).slot();
        return allowed.stream()
                .filter(slot -> slot.id == chosen)
                .findFirst()
                .orElseThrow(
                        () ->
                                new AssertionError(
                                        "slot %d was granted, but only %s may be"
                                                .formatted(
                                                        chosen,
                                                        allowed.stream().map(s -> s.id).toList())));
    }

    // What grants and releases do

    private void grantEmptyOrNot(
            SessionId session, NaiveSlot slot, Choice choice, Rung rung, int attempt) {
        OptionalLong gap =
                slot.load() == 0 && slot.used()
                        ? OptionalLong.of(now - slot.releasedAt())
                        : OptionalLong.empty();
        grant(session, slot, choice, rung, gap, attempt);
    }

    private void grant(
            SessionId session,
            NaiveSlot slot,
            Choice choice,
            Rung rung,
            OptionalLong gap,
            int attempt) {
        slot.leases.add(new Lease(session, now / 1000, epoch.orElse(0), seq, number()));
        slot.early = false;
        int load = slot.load();
        Addresses addresses = slot.addresses;
        decided(session, new Granted(slot.id, addresses, choice, rung, gap, load, attempt, false));
    }

    private void repeat(SessionId session, int attempt) {
        NaiveSlot slot = slots.of(session).orElseThrow();
        decided(
                session,
                new Granted(
                        slot.id,
                        slot.addresses,
                        Choice.PLACED,
                        Rung.REGULAR,
                        OptionalLong.empty(),
                        slot.load(),
                        attempt,
                        true));
    }

    void release(SessionId session, ReleaseCause cause) {
        NaiveSlot slot = slots.of(session).orElseThrow();
        Lease lease = slots.lease(session);
        slot.leases.remove(lease);
        slot.past =
                Optional.of(
                        new SlotRow(
                                now, cause == ReleaseCause.ENDED, epoch.orElse(0), seq, number()));
        slot.turn = slots.nextTurn();
        decided(session, new Released(slot.id, cause, lease.grantedAt(), slot.load()));
    }

    /** In whatever order they are told. */
    void releaseAll(Set<SessionId> doomed, ReleaseCause cause) {
        while (!doomed.isEmpty()) {
            SessionId next = answers.peek(server).session();
            answers.check(doomed.remove(next), "released although it is not to be: " + next);
            release(next, cause);
        }
    }

    /** No snapshot for lease-ttl of counted time. */
    void expireIfSilent() {
        boolean silent = counted - renewedAt >= slots.config.leaseTtlMillis();
        if (silent && (synced || !slots.sessions().isEmpty())) {
            OptionalLong event = answered;
            answered = OptionalLong.empty();
            synced = false;
            parts.clear();
            releaseAll(slots.sessions(), ReleaseCause.EXPIRED);
            answered = event;
        }
    }

    /** Of the decision to come: one above the last; the first has its own microseconds. */
    private long number() {
        return decided == 0 ? 1_000 * now + 1 : decided + 1;
    }

    void decided(SessionId session, Outcome outcome) {
        stirred = true;
        OptionalLong version =
                removed ? OptionalLong.empty() : OptionalLong.of(slots.config.version());
        decided = number();
        answers.next(
                server,
                new Decision(session, OptionalLong.of(decided), epoch, answered, version, outcome));
    }
}
