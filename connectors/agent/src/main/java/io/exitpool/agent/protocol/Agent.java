package io.exitpool.agent.protocol;

import io.exitpool.agent.protocol.Session.State;
import io.exitpool.schemas.Decision;
import io.exitpool.schemas.EndReason;
import io.exitpool.schemas.Granted;
import io.exitpool.schemas.RejectCause;
import io.exitpool.schemas.Rejected;
import io.exitpool.schemas.Released;
import io.exitpool.schemas.SessionId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/**
 * One life of an exit server's agent as a plain state machine: tunnels, decisions and the time go
 * in, events and changes of the exit map come out. One thread owns it. Every call says what time it
 * is, in milliseconds since 1970; after a batch of calls {@link #tick} sends what has become due.
 *
 * <p>Its invariants: seq grows by one with every event, the parts of a snapshot have nothing
 * between them, an end is sent only after the tunnel's entry has left the exit map, and a tunnel
 * never has two sessions. What was lost on the way is repaired by the next snapshot, and a start
 * without an answer is sent again.
 */
public final class Agent {
    private static final int SESSION_ID_BYTES = 16;

    private final AgentSettings settings;
    private final Wish wish;
    private final RandomGenerator random;
    private final Voice voice;
    private final ExitMap map;
    private final AgentObserver observer;
    private final Tally tally = new Tally();
    private final Map<Peer, Session> byTunnel = new LinkedHashMap<>();
    private final Map<SessionId, Session> byId = new LinkedHashMap<>();
    private final Deadlines deadlines = new Deadlines();

    private final EndedSessions ended = new EndedSessions();

    private int[] slots = {};
    private boolean started;
    private OptionalLong supersededBy = OptionalLong.empty();
    private long nextSnapshotAt;
    private long requestedSnapshotNotBefore = Long.MIN_VALUE;
    private boolean snapshotRequested;

    /**
     * @param random makes the session ids: a cryptographic source in production
     */
    public Agent(
            AgentSettings settings,
            Wish wish,
            RandomGenerator random,
            Outbox outbox,
            ExitMap map,
            AgentObserver observer) {
        this.settings = settings;
        this.wish = wish;
        this.random = random;
        this.voice = new Voice(outbox, settings.maxEntriesPerPart());
        this.map = map;
        this.observer = observer;
    }

    /** The ids of the pool's slots, for the wish; without them nothing is asked for. */
    public void poolSlots(int... ids) {
        slots = ids.clone();
        Arrays.sort(slots);
    }

    /**
     * Begins the epoch: says so, and announces at once the tunnels that have an exit address
     * already.
     *
     * @param held the exit map as it outlived the last agent: live tunnels and their slots
     */
    public void start(long epoch, Map<? extends Peer, Integer> held, long now) {
        if (started) {
            throw new IllegalStateException("an agent lives for one epoch");
        }
        started = true;
        voice.begin(epoch, now);
        held.forEach(
                (tunnel, slot) -> {
                    Session session = add(tunnel, OptionalInt.of(slot), OptionalInt.empty());
                    awaitAnswer(session, now);
                });
        sendSnapshot(now);
    }

    /** A tunnel came up: its session begins. */
    public void tunnelUp(Peer tunnel, long now) {
        if (!running()) {
            return;
        }
        if (byTunnel.containsKey(tunnel)) {
            throw new IllegalStateException("the tunnel has a session already");
        }
        begin(tunnel, wish.wanted(tunnel, slots, now), now);
    }

    /** A tunnel is dead: its address is given back, in this order: map, flows, report. */
    public void tunnelDown(Peer tunnel, EndReason reason, long now) {
        if (!running()) {
            return;
        }
        Session session = byTunnel.remove(tunnel);
        if (session == null) {
            throw new IllegalStateException("the tunnel has no session");
        }
        // A rejected start has no lease: to report its end would only count as an unknown one.
        boolean mayHaveLease = session.listed();
        forget(session);
        if (mayHaveLease) {
            sendEnd(session.id, session.namedBy, reason, now);
        }
    }

    /** Ends every session, for an agent that will not come back. */
    public void endAll(EndReason reason, long now) {
        for (Peer tunnel : List.copyOf(byTunnel.keySet())) {
            tunnelDown(tunnel, reason, now);
        }
    }

    /** Asks for a snapshot with the next tick, because events may have been lost. */
    public void requestSnapshot() {
        snapshotRequested = true;
    }

    /** A decision about this server, in the order of the topic. Others' sessions do no harm. */
    public void decision(Decision decision, long now) {
        if (!running()) {
            return;
        }
        Long current = decision.getEpoch();
        if (current != null && current > voice.epoch()) {
            supersededBy = OptionalLong.of(current);
            return;
        }
        Object outcome = decision.getOutcome();
        if (outcome instanceof Granted granted) {
            tally.count(granted);
            granted(decision, granted, now);
        } else if (outcome instanceof Rejected rejected) {
            tally.count(rejected);
            rejected(decision, rejected, now);
        } else if (outcome instanceof Released released) {
            tally.count(released);
            released(decision, released, now);
        }
    }

    /** Time passes: sends the snapshot and the retries that are due. */
    public void tick(long now) {
        if (!running()) {
            return;
        }
        boolean requested = snapshotRequested && now >= requestedSnapshotNotBefore;
        if (requested) {
            requestedSnapshotNotBefore = now + settings.requestedSnapshotsApart().toMillis();
        }
        if (requested || now >= nextSnapshotAt) {
            sendSnapshot(now);
        }
        Session due = deadlines.poll(now);
        while (due != null) {
            sendStartAgain(due, now);
            due = deadlines.poll(now);
        }
        ended.forgetThoseBefore(now - settings.rememberEndedFor().toMillis());
    }

    /** When {@link #tick} will have something to do. */
    public long nextDueMillis() {
        long due = Math.min(nextSnapshotAt, deadlines.next().orElse(Long.MAX_VALUE));
        return snapshotRequested ? Math.min(due, requestedSnapshotNotBefore) : due;
    }

    /**
     * The higher epoch of this server that was seen: another agent speaks for it; this one is
     * silent.
     */
    public OptionalLong supersededBy() {
        return supersededBy;
    }

    public int sessions() {
        return byTunnel.size();
    }

    /** Sessions whose last start or announcement has no answer yet. */
    public int unanswered() {
        return (int) byTunnel.values().stream().filter(s -> s.state == State.UNANSWERED).count();
    }

    /** Ended sessions whose release was not read yet. */
    public int unreleased() {
        return ended.size();
    }

    public AgentCounters counters() {
        return tally.read();
    }

    private boolean running() {
        return started && supersededBy.isEmpty();
    }

    private void granted(Decision decision, Granted granted, long now) {
        Session session = byId.get(decision.getSession());
        if (session == null) {
            giveBack(decision, now);
            return;
        }
        session.state = State.ADMITTED;
        session.unansweredStarts = 0;
        deadlines.clear(session);
        map.apply(session.tunnel, granted.getSlot(), granted.getV4(), granted.getV6());
        session.mapped = OptionalInt.of(granted.getSlot());
        observer.granted(session.tunnel, granted);
    }

    /**
     * A session of this epoch that this agent neither has nor ended: an operator's release crossed
     * a snapshot, which took the session for one to adopt.
     */
    private void giveBack(Decision decision, long now) {
        Long current = decision.getEpoch();
        boolean ours = current != null && current == voice.epoch() && decision.getSeq() != null;
        if (!ours || ended.contains(decision.getSession())) {
            return;
        }
        tally.strayGrants++;
        sendEnd(decision.getSession(), decision.getSeq(), EndReason.CANCELLED, now);
    }

    private void rejected(Decision decision, Rejected rejected, long now) {
        Session session = byId.get(decision.getSession());
        if (session == null) {
            if (decision.getSeq() != null) {
                ended.rejected(decision.getSession(), decision.getSeq());
            }
            return;
        }
        if (overtaken(decision, session.namedBy)) {
            tally.overtaken++;
            return;
        }
        session.unansweredStarts = 0;
        boolean unsynced = rejected.getCause() == RejectCause.NOT_SYNCED;
        if (!keepsAddress(rejected.getCause())) {
            unmap(session);
        }
        if (unsynced) {
            snapshotRequested = true;
        }
        if (unsynced && session.mapped.isPresent()) {
            // The snapshot names it with the slot it holds, and will be answered.
            awaitAnswer(session, now);
        } else {
            session.state = State.REJECTED;
            deadlines.set(session, retryAt(rejected, now));
        }
        observer.rejected(session.tunnel, rejected);
    }

    /**
     * After a rejection for want of a snapshot: right behind the snapshot, which tick sends first.
     */
    private long retryAt(Rejected rejected, long now) {
        if (rejected.getCause() == RejectCause.NOT_SYNCED) {
            return Math.max(now, requestedSnapshotNotBefore);
        }
        long wait = Math.max(rejected.getRetryAfterMillis(), settings.retryAtLeast().toMillis());
        return now + wait;
    }

    /**
     * These causes say nothing about the slot that a session holds: the pool is unknown, not in
     * sync or broken. To cut a live tunnel for that would make a wiped cluster an outage; it stays
     * listed with its slot until a pool adopts it. The others come from a working pool: the slot is
     * not the session's, and another may be using it.
     */
    private static boolean keepsAddress(RejectCause cause) {
        return switch (cause) {
            case NOT_SYNCED, NO_POOL, POOL_FAILED, STALE_EPOCH -> true;
            case EXHAUSTED, DRAINING, UNKNOWN -> false;
        };
    }

    private void released(Decision decision, Released released, long now) {
        ended.released(decision.getSession());
        Session session = byId.get(decision.getSession());
        if (session == null) {
            return;
        }
        observer.released(session.tunnel, released);
        switch (released.getCause()) {
            case OPERATOR -> {
                byTunnel.remove(session.tunnel);
                forget(session);
                // Not the wish again: the operator wanted the slot empty.
                begin(session.tunnel, OptionalInt.empty(), now);
            }
            case EXPIRED, RESET -> {
                snapshotRequested = true;
                awaitAnswer(session, now);
            }
            case VANISHED, ENDED, PASSED_ON, UNKNOWN -> {
                if (overtaken(decision, session.namedBy)) {
                    awaitAnswer(session, now);
                } else {
                    sendStartAgain(session, now);
                }
            }
        }
    }

    /** Whether the answer is to an event that a later one, whose answer will come, has replaced. */
    private static boolean overtaken(Decision decision, long namedBy) {
        Long answered = decision.getSeq();
        return answered != null && answered < namedBy;
    }

    private void begin(Peer tunnel, OptionalInt wanted, long now) {
        Session session = add(tunnel, OptionalInt.empty(), wanted);
        tally.starts++;
        sendStart(session, now);
    }

    private Session add(Peer tunnel, OptionalInt mapped, OptionalInt wanted) {
        byte[] bits = new byte[SESSION_ID_BYTES];
        random.nextBytes(bits);
        Session session = new Session(tunnel, new SessionId(bits), mapped, wanted);
        byTunnel.put(tunnel, session);
        byId.put(session.id, session);
        return session;
    }

    private void forget(Session session) {
        byId.remove(session.id);
        deadlines.clear(session);
        unmap(session);
    }

    private void unmap(Session session) {
        if (session.mapped.isPresent()) {
            map.remove(session.tunnel);
            session.mapped = OptionalInt.empty();
        }
    }

    private void sendStartAgain(Session session, long now) {
        session.attempt++;
        tally.retries++;
        sendStart(session, now);
    }

    private void sendStart(Session session, long now) {
        session.namedBy = voice.started(session, now);
        awaitAnswer(session, now);
        session.unansweredStarts++;
    }

    private void awaitAnswer(Session session, long now) {
        session.state = State.UNANSWERED;
        long longest = settings.snapshotEvery().toMillis();
        long pause =
                settings.unansweredAfter().toMillis() << Math.min(session.unansweredStarts, 16);
        deadlines.set(session, now + Math.min(pause, longest));
    }

    private void sendEnd(SessionId session, long namedBy, EndReason reason, long now) {
        tally.ends++;
        ended.add(session, namedBy, now);
        voice.ended(session, reason, now);
    }

    private void sendSnapshot(long now) {
        snapshotRequested = false;
        nextSnapshotAt = now + settings.snapshotEvery().toMillis();
        List<Session> listed = new ArrayList<>(byTunnel.size());
        for (Session session : byTunnel.values()) {
            if (session.listed()) {
                listed.add(session);
            }
        }
        tally.snapshots++;
        voice.snapshot(listed, now);
    }
}
