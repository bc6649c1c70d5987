package io.exitpool.operator.audit;

import io.exitpool.schemas.SessionId;
import java.nio.ByteBuffer;

/** A session's id as a key of maps. It is never printed. */
record SessionKey(long high, long low) {

    static SessionKey of(SessionId id) {
        ByteBuffer bytes = ByteBuffer.wrap(id.bytes());
        return new SessionKey(bytes.getLong(), bytes.getLong());
    }

    @Override
    public String toString() {
        return "a session";
    }
}
