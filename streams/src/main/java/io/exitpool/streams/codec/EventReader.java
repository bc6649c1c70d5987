package io.exitpool.streams.codec;

import io.exitpool.core.event.EventBody;
import io.exitpool.core.event.ServerStarted;
import io.exitpool.core.event.SessionEnded;
import io.exitpool.core.event.SessionId;
import io.exitpool.core.event.SessionStarted;
import io.exitpool.core.event.SnapshotEntry;
import io.exitpool.core.event.SnapshotPart;
import io.exitpool.schemas.EndReason;
import io.exitpool.schemas.body.BodyReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.apache.avro.io.Decoder;

/**
 * Session events, read field by field in the order of their schema: the same as {@link EventCodec}
 * makes of the generated objects, a test sees to that, without making them. Values are judged only
 * when the whole record was read, because one that cannot be decoded is another kind of trouble.
 * For one thread.
 */
public final class EventReader implements BodyReader<Said> {
    private static final int AGENT_EVENT = 0;
    private static final int EVENT_KINDS = 2;

    private static final int STARTED = 0;
    private static final int ENDED = 1;
    private static final int SNAPSHOT_PART = 2;
    private static final int BODY_KINDS = 4;

    private static final int END_REASONS = EndReason.values().length;

    private final ByteBuffer session = ByteBuffer.allocate(2 * Long.BYTES);

    @Override
    public Said read(Decoder from) throws IOException {
        return Unions.index(from, EVENT_KINDS) == AGENT_EVENT
                ? agentEvent(from)
                : new Said.Tick(from.readInt());
    }

    private Said agentEvent(Decoder from) throws IOException {
        long epoch = from.readLong();
        long seq = from.readLong();
        long occurredAt = from.readLong();
        try {
            return new Said.Event(EventCodec.event(epoch, seq, occurredAt, body(from)));
        } catch (BadValueException | IllegalArgumentException e) {
            return new Said.Bad(
                    EventCodec.isClock(occurredAt) ? e.getMessage() : EventCodec.NO_CLOCK);
        }
    }

    private EventBody body(Decoder from) throws IOException {
        return switch (Unions.index(from, BODY_KINDS)) {
            case STARTED -> started(from);
            case ENDED -> ended(from);
            case SNAPSHOT_PART -> snapshotPart(from);
            default -> new ServerStarted();
        };
    }

    private SessionStarted started(Decoder from) throws IOException {
        SessionId id = session(from);
        OptionalInt held = slot(from);
        OptionalInt wanted = slot(from);
        int attempt = from.readInt();
        EventCodec.checkSlots(held, wanted);
        return new SessionStarted(id, held, wanted, attempt);
    }

    private SessionEnded ended(Decoder from) throws IOException {
        SessionId id = session(from);
        Objects.checkIndex(from.readEnum(), END_REASONS);
        return new SessionEnded(id);
    }

    private SnapshotPart snapshotPart(Decoder from) throws IOException {
        long snapshot = from.readLong();
        int part = from.readInt();
        int parts = from.readInt();
        List<SnapshotEntry> entries = entries(from);
        for (SnapshotEntry entry : entries) {
            EventCodec.checkSlots(entry.held(), entry.wanted());
        }
        return new SnapshotPart(snapshot, part, parts, entries);
    }

    /** An array comes in blocks, each with its length, until one is empty. */
    private List<SnapshotEntry> entries(Decoder from) throws IOException {
        long block = from.readArrayStart();
        List<SnapshotEntry> entries = new ArrayList<>((int) block);
        while (block > 0) {
            for (long n = 0; n < block; n++) {
                entries.add(new SnapshotEntry(session(from), slot(from), slot(from)));
            }
            block = from.arrayNext();
        }
        return entries;
    }

    private SessionId session(Decoder from) throws IOException {
        from.readFixed(session.array(), 0, session.capacity());
        return new SessionId(session.getLong(0), session.getLong(Long.BYTES));
    }

    private static OptionalInt slot(Decoder from) throws IOException {
        return Unions.isPresent(from) ? OptionalInt.of(from.readInt()) : OptionalInt.empty();
    }
}
