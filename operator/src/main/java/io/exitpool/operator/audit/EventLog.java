package io.exitpool.operator.audit;

import io.exitpool.schemas.AgentEvent;
import io.exitpool.schemas.Decision;
import io.exitpool.schemas.SessionEnded;
import io.exitpool.schemas.SessionStarted;
import io.exitpool.schemas.SnapshotPart;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * One server's events in the order of the log: which of them take effect, and the duties that
 * decisions are matched with. Every epoch keeps its own count, because an operator may take a
 * server back to a lower one.
 */
final class EventLog {

    /** A server has one epoch at a time, and few that linger; more are some program's mistake. */
    private static final int MAX_EPOCHS = 64;

    private static final Comparator<Found> BEST_FIRST =
            Comparator.comparing((Found found) -> !found.near())
                    .thenComparing(found -> !found.fresh())
                    .thenComparing(found -> !found.inOrder());

    private final TreeMap<Long, Epoch> epochs = new TreeMap<>();
    private final TreeMap<Long, Renewal> renewals = new TreeMap<>();

    /** Starts that are dead letters, kept out of the epochs that they claim. */
    private final Epoch malformed = new Epoch(0);

    /** A complete snapshot that took effect. */
    record Renewal(long offset, long ticked) {}

    /**
     * What a decision may answer.
     *
     * @param fresh it was not answered yet
     * @param near it is of the decision's time
     * @param inOrder nothing after it was answered yet
     */
    record Found(Duty duty, boolean fresh, boolean near, boolean inOrder) {

        /** No event that may yet be read can fit better. */
        boolean isBest() {
            return fresh && near && inOrder;
        }
    }

    private static final class Epoch {
        private final Map<Long, List<Duty>> bySeq = new HashMap<>();
        private final long beganAt;
        private long heardAt;
        private long lastSeq;
        private Optional<SnapshotAssembly> assembly = Optional.empty();
        private Optional<SnapshotAssembly> lastSnapshot = Optional.empty();
        private OptionalLong syncedAt = OptionalLong.empty();

        Epoch(long beganAt) {
            this.beganAt = beganAt;
        }

        List<Duty> of(long seq) {
            return bySeq.getOrDefault(seq, List.of());
        }
    }

    /**
     * Reads an event that is well-formed.
     *
     * @param late the log's first events are gone
     * @return the duties that follow from it, in their order
     */
    List<Duty> read(AgentEvent event, Position at, LogClock clock, boolean late, Tally tally) {
        boolean stale = !epochs.isEmpty() && event.getEpoch() < epochs.lastKey();
        Epoch epoch = epoch(event, at);
        boolean again = event.getSeq() <= epoch.lastSeq;
        Standing standing =
                stale ? Standing.STALE : again ? Standing.DUPLICATE : Standing.EFFECTIVE;
        EventMark mark = mark(event, at, clock, standing);
        tally.event(standing, event.getBody());
        if (again && !(event.getBody() instanceof SessionStarted)) {
            return List.of();
        }
        epoch.lastSeq = Math.max(epoch.lastSeq, event.getSeq());
        return event.getBody() instanceof SnapshotPart part
                ? part(epoch, part, mark, late)
                : duty(epoch, event.getBody(), mark);
    }

    /** Keeps the start of a malformed event, which needs no answer but may get one. */
    List<Duty> readMalformed(AgentEvent event, Position at, LogClock clock) {
        EventMark mark = mark(event, at, clock, Standing.MALFORMED);
        return event.getBody() instanceof SessionStarted
                ? duty(malformed, event.getBody(), mark)
                : List.of();
    }

    /**
     * The event that the decision answers. Of several that it may answer, as a start that was
     * delivered twice, it is one of the decision's own time, and one that has no answer yet.
     *
     * @param time the decision's time
     * @param tolerance how far from it its event may be; a later event cannot be its event
     * @param answered offset of the last event that was answered
     */
    Optional<Found> find(
            Decision decision, SessionKey session, long time, long tolerance, long answered) {
        Function<List<Duty>, Optional<Found>> best =
                duties ->
                        duties.stream()
                                .filter(duty -> duty.concerns(session, decision.getOutcome()))
                                .filter(duty -> duty.mark().time() <= time + tolerance)
                                .map(
                                        duty ->
                                                new Found(
                                                        duty,
                                                        !duty.isAnswered(session),
                                                        duty.mark().time() >= time - tolerance,
                                                        duty.mark().at().offset() >= answered))
                                .min(BEST_FIRST);
        Epoch own = decision.getEpoch() == null ? null : epochs.get(decision.getEpoch());
        List<Duty> ofOwn = own == null ? List.of() : own.of(decision.getSeq());
        return best.apply(ofOwn)
                .filter(Found::isBest)
                .or(() -> best.apply(withOthers(ofOwn, own, decision.getSeq())));
    }

    /** And what other epochs have of this seq; no snapshot, because its seq alone names it. */
    private List<Duty> withOthers(List<Duty> ofOwn, Epoch own, long seq) {
        List<Duty> all = new ArrayList<>(ofOwn);
        for (Epoch other : epochs.descendingMap().values()) {
            if (other != own) {
                other.of(seq).stream()
                        .filter(duty -> !(duty instanceof Duty.Snapshot))
                        .forEach(all::add);
            }
        }
        all.addAll(malformed.of(seq));
        return all;
    }

    /** The last renewal before the time. */
    Optional<Map.Entry<Long, Renewal>> renewalBefore(long time) {
        return Optional.ofNullable(renewals.lowerEntry(time));
    }

    /** The duty is settled; no later decision may answer it. */
    void forget(Duty duty) {
        Epoch epoch = epochOf(duty.mark());
        if (epoch != null) {
            for (long seq : duty.seqs()) {
                List<Duty> same = epoch.bySeq.get(seq);
                if (same != null && same.remove(duty) && same.isEmpty()) {
                    epoch.bySeq.remove(seq);
                }
            }
        }
        Long last = renewals.floorKey(duty.mark().time());
        if (last != null) {
            renewals.headMap(last).clear();
        }
    }

    private Epoch epoch(AgentEvent event, Position at) {
        Epoch epoch = epochs.computeIfAbsent(event.getEpoch(), begun -> new Epoch(at.offset()));
        epoch.heardAt = at.offset();
        if (epochs.size() > MAX_EPOCHS) {
            // The highest one makes the others stale; of those, the one not heard for longest.
            epochs.headMap(epochs.lastKey()).entrySet().stream()
                    .min(Comparator.comparingLong(one -> one.getValue().heardAt))
                    .map(Map.Entry::getKey)
                    .ifPresent(epochs::remove);
        }
        return epoch;
    }

    private static EventMark mark(
            AgentEvent event, Position at, LogClock clock, Standing standing) {
        return new EventMark(
                at, clock.now(), clock.ticked(), event.getEpoch(), event.getSeq(), standing);
    }

    private List<Duty> duty(Epoch epoch, Object body, EventMark mark) {
        if (body instanceof SessionStarted start) {
            return List.of(
                    index(
                            new Duty.Start(
                                    mark,
                                    SessionKey.of(start.getSession()),
                                    Asked.of(start.getHeld(), start.getWanted()),
                                    start.getAttempt(),
                                    new Sync(epoch.beganAt, epoch.syncedAt))));
        }
        if (body instanceof SessionEnded end) {
            return List.of(index(new Duty.End(mark, SessionKey.of(end.getSession()))));
        }
        return List.of();
    }

    private List<Duty> part(Epoch epoch, SnapshotPart part, EventMark mark, boolean late) {
        boolean goesOn = epoch.assembly.map(a -> a.continuesWith(part)).orElse(false);
        if (!goesOn) {
            // Where the log begins late, the first parts of the first snapshot may be gone.
            boolean beginsLate = late && epoch.syncedAt.isEmpty();
            epoch.assembly =
                    part.getPart() == 0 || beginsLate
                            ? Optional.of(new SnapshotAssembly(part, mark.at()))
                            : Optional.empty();
        }
        if (epoch.assembly.isEmpty()) {
            return List.of();
        }
        SnapshotAssembly assembly = epoch.assembly.get();
        assembly.add(part, mark.seq());
        if (!assembly.isComplete()) {
            return List.of();
        }
        epoch.assembly = Optional.empty();
        return complete(epoch, assembly, mark);
    }

    private List<Duty> complete(Epoch epoch, SnapshotAssembly assembly, EventMark mark) {
        epoch.lastSnapshot.ifPresent(assembly::shareWith);
        epoch.lastSnapshot = Optional.of(assembly);
        epoch.syncedAt = OptionalLong.of(mark.time());
        List<Duty> duties = new ArrayList<>();
        if (mark.standing() == Standing.EFFECTIVE && assembly.isUnbroken()) {
            if (!renewals.isEmpty()) {
                long since = renewals.lastEntry().getValue().ticked();
                duties.add(new Duty.Silence(mark, mark.ticked() - since));
            }
            renewals.put(mark.time(), new Renewal(mark.at().offset(), mark.ticked()));
        }
        duties.add(index(new Duty.Snapshot(mark, assembly)));
        return duties;
    }

    private Duty index(Duty duty) {
        for (long seq : duty.seqs()) {
            epochOf(duty.mark()).bySeq.computeIfAbsent(seq, s -> new ArrayList<>(1)).add(duty);
        }
        return duty;
    }

    private Epoch epochOf(EventMark mark) {
        return mark.standing() == Standing.MALFORMED ? malformed : epochs.get(mark.epoch());
    }
}
