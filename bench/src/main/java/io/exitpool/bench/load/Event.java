package io.exitpool.bench.load;

import io.exitpool.core.event.SessionId;
import io.exitpool.schemas.SessionEvent;
import java.util.Optional;

/**
 * One event of an agent.
 *
 * @param server the server's number in its {@link FleetShape}
 * @param name the server's name, the record's key
 * @param session whose start or end it is; none of snapshots, first events, and duplicates
 * @param decisions how many answers it gets
 */
public record Event(
        int server,
        String name,
        Kind kind,
        Optional<SessionId> session,
        int decisions,
        SessionEvent value) {

    /** What an event is, told by a record's header to those that do not decode it. */
    public enum Kind {
        SERVER_STARTED('a'),
        START('s'),
        END('e'),
        SNAPSHOT('l'),
        /** What was sent before, and changes nothing. */
        DUPLICATE('d');

        private final byte code;

        Kind(char code) {
            this.code = (byte) code;
        }

        public byte code() {
            return code;
        }
    }
}
