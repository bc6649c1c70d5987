package io.exitpool.operator.audit;

import java.util.OptionalLong;

/**
 * Where the log of one partition of one topic begins. Late when its first records are gone: what
 * they said is unknown.
 */
final class LogStart {
    private OptionalLong from = OptionalLong.empty();
    private boolean late;

    /** The log begins at this offset, whether or not a record is left. */
    void begins(long offset) {
        late |= offset > 0;
    }

    void read(Position at) {
        if (from.isEmpty()) {
            from = OptionalLong.of(at.timestamp());
            begins(at.offset());
        }
    }

    boolean late() {
        return late;
    }

    /** Whether something of this time may be gone. */
    boolean mayLack(long time) {
        return late && (from.isEmpty() || time <= from.getAsLong());
    }
}
