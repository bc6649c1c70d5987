package io.exitpool.streams.codec;

import io.exitpool.core.event.AgentEvent;
import io.exitpool.core.event.EventBody;
import io.exitpool.core.event.SessionEnded;
import io.exitpool.core.event.SessionId;
import io.exitpool.core.event.SessionStarted;
import io.exitpool.core.event.SnapshotEntry;
import io.exitpool.core.event.SnapshotPart;
import io.exitpool.schemas.EndReason;
import io.exitpool.schemas.ServerStarted;
import io.exitpool.schemas.SessionEvent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Writes events as an agent does: the other way round from what is under test. */
public final class Agent {
    private Agent() {}

    public static SessionEvent says(AgentEvent event) {
        return new SessionEvent(
                new io.exitpool.schemas.AgentEvent(
                        event.epoch(), event.seq(), event.occurredAt(), body(event.body())));
    }

    public static io.exitpool.schemas.SessionId session(SessionId id) {
        return new io.exitpool.schemas.SessionId(
                ByteBuffer.allocate(16).putLong(id.high()).putLong(id.low()).array());
    }

    public static SessionId session(io.exitpool.schemas.SessionId id) {
        ByteBuffer bytes = ByteBuffer.wrap(id.bytes());
        return new SessionId(bytes.getLong(), bytes.getLong());
    }

    private static Object body(EventBody body) {
        Object[] written = new Object[1];
        body.match(
                new EventBody.Cases() {
                    @Override
                    public void started(SessionStarted start) {
                        written[0] =
                                new io.exitpool.schemas.SessionStarted(
                                        session(start.session()),
                                        orNull(start.held()),
                                        orNull(start.wanted()),
                                        start.attempt());
                    }

                    @Override
                    public void ended(SessionEnded end) {
                        written[0] =
                                new io.exitpool.schemas.SessionEnded(
                                        session(end.session()), EndReason.SILENT);
                    }

                    @Override
                    public void snapshotPart(SnapshotPart part) {
                        written[0] = part(part);
                    }

                    @Override
                    public void serverStarted() {
                        written[0] = new ServerStarted();
                    }
                });
        return written[0];
    }

    private static io.exitpool.schemas.SnapshotPart part(SnapshotPart part) {
        List<io.exitpool.schemas.SnapshotEntry> entries = new ArrayList<>();
        for (SnapshotEntry entry : part.entries()) {
            entries.add(
                    new io.exitpool.schemas.SnapshotEntry(
                            session(entry.session()),
                            orNull(entry.held()),
                            orNull(entry.wanted())));
        }
        return new io.exitpool.schemas.SnapshotPart(
                part.snapshot(), part.part(), part.parts(), entries);
    }

    private static Integer orNull(OptionalInt value) {
        return value.isPresent() ? value.getAsInt() : null;
    }
}
