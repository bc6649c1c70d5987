package io.exitpool.agent.protocol;

import io.exitpool.schemas.AgentEvent;
import io.exitpool.schemas.EndReason;
import io.exitpool.schemas.ServerStarted;
import io.exitpool.schemas.SessionEnded;
import io.exitpool.schemas.SessionId;
import io.exitpool.schemas.SessionStarted;
import io.exitpool.schemas.SnapshotEntry;
import io.exitpool.schemas.SnapshotPart;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Numbers an agent's events and puts them into the wire's words: seq from 1, one more each. */
final class Voice {
    private final Outbox outbox;
    private final int maxEntriesPerPart;
    private long epoch;
    private long seq;
    private long snapshots;

    Voice(Outbox outbox, int maxEntriesPerPart) {
        this.outbox = outbox;
        this.maxEntriesPerPart = maxEntriesPerPart;
    }

    long epoch() {
        return epoch;
    }

    void begin(long newEpoch, long now) {
        epoch = newEpoch;
        say(new ServerStarted(), now);
    }

    /** Answers the seq that the event got. */
    long started(Session session, long now) {
        Integer held = boxed(session.mapped);
        Integer wanted = held == null ? boxed(session.wanted) : null;
        return say(new SessionStarted(session.id, held, wanted, session.attempt), now);
    }

    void ended(SessionId session, EndReason reason, long now) {
        say(new SessionEnded(session, reason), now);
    }

    /** All parts, one behind the other; each session is named by the snapshot's first. */
    void snapshot(List<Session> listed, long now) {
        snapshots++;
        int parts = Math.max(1, (listed.size() + maxEntriesPerPart - 1) / maxEntriesPerPart);
        long first = seq + 1;
        for (int part = 0; part < parts; part++) {
            int from = part * maxEntriesPerPart;
            int to = Math.min(listed.size(), from + maxEntriesPerPart);
            List<SnapshotEntry> entries = new ArrayList<>(to - from);
            for (Session session : listed.subList(from, to)) {
                session.namedBy = first;
                entries.add(entry(session));
            }
            say(new SnapshotPart(snapshots, part, parts, entries), now);
        }
    }

    private static SnapshotEntry entry(Session session) {
        Integer held = boxed(session.mapped);
        return new SnapshotEntry(session.id, held, held == null ? boxed(session.wanted) : null);
    }

    private long say(Object body, long now) {
        seq++;
        outbox.send(new AgentEvent(epoch, seq, Math.floorDiv(now, 1000L), body));
        return seq;
    }

    private static Integer boxed(OptionalInt slot) {
        return slot.isPresent() ? slot.getAsInt() : null;
    }
}
