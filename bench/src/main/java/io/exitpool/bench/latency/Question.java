package io.exitpool.bench.latency;

import io.exitpool.core.event.SessionId;
import java.nio.ByteBuffer;

/**
 * What an event waits for: the answer to the start, or to the end, of a session. Sessions are known
 * in the load's memory only, so it does not print its own.
 */
record Question(long high, long low, Kind kind) {

    /** A start is granted or rejected, an end releases. */
    enum Kind {
        START,
        END
    }

    static Question of(SessionId session, Kind kind) {
        return new Question(session.high(), session.low(), kind);
    }

    /** The same of the id's 16 bytes. */
    static Question of(byte[] session, Kind kind) {
        ByteBuffer bytes = ByteBuffer.wrap(session);
        return new Question(bytes.getLong(), bytes.getLong(), kind);
    }

    /** What the end of the same session waits for. */
    Question end() {
        return new Question(high, low, Kind.END);
    }

    @Override
    public String toString() {
        return "Question[" + kind + "]";
    }
}
