package io.exitpool.bench.load;

import io.exitpool.bench.load.FleetShape.PoolShape;
import io.exitpool.core.event.SessionId;
import io.exitpool.schemas.AgentEvent;
import io.exitpool.schemas.EndReason;
import io.exitpool.schemas.ServerStarted;
import io.exitpool.schemas.SessionEnded;
import io.exitpool.schemas.SessionEvent;
import io.exitpool.schemas.SessionStarted;
import io.exitpool.schemas.SnapshotEntry;
import io.exitpool.schemas.SnapshotPart;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * One exit server's agent as far as its events tell: what lives there, and how far its numbers are.
 * A session is two longs in an array, because a fleet has a million.
 */
final class AgentState {
    static final int MAX_ENTRIES_OF_PART = 4_096;

    private static final int SESSION_BYTES = 16;

    private final int index;
    private final PoolShape pool;
    private final long epoch;
    private long[] sessions;
    private int live;
    private long seq;
    private long snapshots;
    private Event last;

    AgentState(int index, PoolShape pool, long epoch) {
        this.index = index;
        this.pool = pool;
        this.epoch = epoch;
        this.sessions = new long[2 * (pool.usualSessions() + 1)];
    }

    PoolShape pool() {
        return pool;
    }

    int live() {
        return live;
    }

    Event serverStarted(long second) {
        return event(Event.Kind.SERVER_STARTED, Optional.empty(), 0, second, new ServerStarted());
    }

    /** Sessions that nobody has heard of; the first snapshot will name them. */
    void populate(int count, SplittableRandom random) {
        for (int i = 0; i < count; i++) {
            add(random.nextLong(), random.nextLong());
        }
    }

    Event start(SplittableRandom random, long second) {
        SessionId session = new SessionId(random.nextLong(), random.nextLong());
        add(session.high(), session.low());
        return event(
                Event.Kind.START,
                Optional.of(session),
                1,
                second,
                new SessionStarted(wire(session.high(), session.low()), null, null, 0));
    }

    /** The end of one that lives, any of them. */
    Event end(SplittableRandom random, long second) {
        int which = random.nextInt(live);
        SessionId session = new SessionId(sessions[2 * which], sessions[2 * which + 1]);
        live--;
        sessions[2 * which] = sessions[2 * live];
        sessions[2 * which + 1] = sessions[2 * live + 1];
        return event(
                Event.Kind.END,
                Optional.of(session),
                1,
                second,
                new SessionEnded(wire(session.high(), session.low()), EndReason.SILENT));
    }

    /**
     * All that lives.
     *
     * @param first whether nobody has heard of it, so that each session is answered
     */
    List<Event> snapshot(boolean first, long second) {
        int parts = Math.max(1, (live + MAX_ENTRIES_OF_PART - 1) / MAX_ENTRIES_OF_PART);
        snapshots++;
        List<Event> events = new ArrayList<>(parts);
        for (int part = 0; part < parts; part++) {
            List<SnapshotEntry> entries = entries(part * MAX_ENTRIES_OF_PART);
            // A snapshot is answered when its last part is read.
            int decisions = first && part == parts - 1 ? live : 0;
            events.add(
                    event(
                            Event.Kind.SNAPSHOT,
                            Optional.empty(),
                            decisions,
                            second,
                            new SnapshotPart(snapshots, part, parts, entries)));
        }
        return events;
    }

    /** The last event once more, as a producer would send it that was not answered. */
    Event duplicate() {
        return new Event(
                index, pool.server(), Event.Kind.DUPLICATE, Optional.empty(), 0, last.value());
    }

    private List<SnapshotEntry> entries(int from) {
        int below = Math.min(live, from + MAX_ENTRIES_OF_PART);
        List<SnapshotEntry> entries = new ArrayList<>(below - from);
        for (int i = from; i < below; i++) {
            entries.add(new SnapshotEntry(wire(sessions[2 * i], sessions[2 * i + 1]), null, null));
        }
        return entries;
    }

    private void add(long high, long low) {
        if (2 * live == sessions.length) {
            sessions = Arrays.copyOf(sessions, 2 * sessions.length);
        }
        sessions[2 * live] = high;
        sessions[2 * live + 1] = low;
        live++;
    }

    private Event event(
            Event.Kind kind, Optional<SessionId> session, int decisions, long second, Object body) {
        SessionEvent value = new SessionEvent(new AgentEvent(epoch, ++seq, second, body));
        last = new Event(index, pool.server(), kind, session, decisions, value);
        return last;
    }

    private static io.exitpool.schemas.SessionId wire(long high, long low) {
        return new io.exitpool.schemas.SessionId(
                ByteBuffer.allocate(SESSION_BYTES).putLong(high).putLong(low).array());
    }
}
