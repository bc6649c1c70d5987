package io.exitpool.streams.codec;

import io.exitpool.core.event.AgentEvent;
import io.exitpool.core.event.EventBody;
import io.exitpool.core.event.ServerStarted;
import io.exitpool.core.event.SessionEnded;
import io.exitpool.core.event.SessionId;
import io.exitpool.core.event.SessionStarted;
import io.exitpool.core.event.SnapshotEntry;
import io.exitpool.core.event.SnapshotPart;
import io.exitpool.schemas.SessionEvent;
import io.exitpool.schemas.Tick;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Session events, as they are read. */
public final class EventCodec {

    /** The last second of the year 9999: beyond it a clock speaks in other units than seconds. */
    private static final long LAST_SECOND = 253_402_300_799L;

    static final String NO_CLOCK = "occurredAt is not in whole seconds since 1970";

    private EventCodec() {}

    /** The partition that a Tick was written for; nothing when the record is none. */
    public static OptionalInt tickPartition(SessionEvent record) {
        return record.getEvent() instanceof Tick tick
                ? OptionalInt.of(tick.getPartition())
                : OptionalInt.empty();
    }

    /** The Tick of a partition, to be written. */
    public static SessionEvent tick(int partition) {
        return new SessionEvent(new Tick(partition));
    }

    /** What a record says, whoever says it. */
    public static Said read(SessionEvent record) {
        OptionalInt tick = tickPartition(record);
        if (tick.isPresent()) {
            return new Said.Tick(tick.getAsInt());
        }
        try {
            return new Said.Event(decode(record));
        } catch (BadValueException e) {
            return new Said.Bad(e.getMessage());
        }
    }

    /**
     * What an agent says.
     *
     * @throws BadValueException when a field says what cannot be
     */
    public static AgentEvent decode(SessionEvent record) {
        if (record.getEvent() instanceof io.exitpool.schemas.AgentEvent agent) {
            return agentEvent(agent);
        }
        throw new BadValueException("an event of no agent");
    }

    private static AgentEvent agentEvent(io.exitpool.schemas.AgentEvent agent) {
        checkClock(agent.getOccurredAt());
        try {
            return event(
                    agent.getEpoch(), agent.getSeq(), agent.getOccurredAt(), body(agent.getBody()));
        } catch (IllegalArgumentException e) {
            throw new BadValueException(e.getMessage(), e);
        }
    }

    static AgentEvent event(long epoch, long seq, long occurredAt, EventBody body) {
        checkClock(occurredAt);
        return new AgentEvent(epoch, seq, occurredAt, body);
    }

    private static void checkClock(long occurredAt) {
        if (!isClock(occurredAt)) {
            throw new BadValueException(NO_CLOCK);
        }
    }

    static boolean isClock(long occurredAt) {
        return occurredAt >= 0 && occurredAt <= LAST_SECOND;
    }

    /** No id of a slot is below 0. */
    static void checkSlots(OptionalInt held, OptionalInt wanted) {
        checkSlot("held", held);
        checkSlot("wanted", wanted);
    }

    private static void checkSlot(String field, OptionalInt id) {
        if (id.isPresent() && id.getAsInt() < 0) {
            throw new BadValueException(field + " is below 0");
        }
    }

    private static EventBody body(Object body) {
        if (body instanceof io.exitpool.schemas.SessionStarted start) {
            OptionalInt held = slot(start.getHeld());
            OptionalInt wanted = slot(start.getWanted());
            checkSlots(held, wanted);
            return new SessionStarted(
                    session(start.getSession()), held, wanted, start.getAttempt());
        }
        if (body instanceof io.exitpool.schemas.SessionEnded end) {
            return new SessionEnded(session(end.getSession()));
        }
        if (body instanceof io.exitpool.schemas.SnapshotPart part) {
            return snapshotPart(part);
        }
        if (body instanceof io.exitpool.schemas.ServerStarted) {
            return new ServerStarted();
        }
        throw new BadValueException("an event with a body of an unknown kind");
    }

    private static SnapshotPart snapshotPart(io.exitpool.schemas.SnapshotPart part) {
        List<SnapshotEntry> entries = new ArrayList<>(part.getEntries().size());
        for (io.exitpool.schemas.SnapshotEntry entry : part.getEntries()) {
            OptionalInt held = slot(entry.getHeld());
            OptionalInt wanted = slot(entry.getWanted());
            checkSlots(held, wanted);
            entries.add(new SnapshotEntry(session(entry.getSession()), held, wanted));
        }
        return new SnapshotPart(part.getSnapshot(), part.getPart(), part.getParts(), entries);
    }

    private static SessionId session(io.exitpool.schemas.SessionId id) {
        ByteBuffer bytes = ByteBuffer.wrap(id.bytes());
        return new SessionId(bytes.getLong(), bytes.getLong());
    }

    private static OptionalInt slot(Integer id) {
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }
}
