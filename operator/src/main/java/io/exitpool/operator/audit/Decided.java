package io.exitpool.operator.audit;

import io.exitpool.schemas.Decision;
import io.exitpool.schemas.ReleaseCause;
import io.exitpool.schemas.Released;
import java.util.OptionalLong;

/**
 * A decision as it was read.
 *
 * @param number the how-manieth decision it is that the audit was given
 * @param unreadable offset of the last decision before it that could not be read
 */
record Decided(
        Position at,
        ServerAudit server,
        SessionKey session,
        Decision decision,
        long number,
        OptionalLong unreadable) {

    Object outcome() {
        return decision.getOutcome();
    }

    long time() {
        return at.timestamp();
    }

    /** The number that the server's pool gave it. */
    OptionalLong serverNumber() {
        Long number = decision.getNumber();
        return number == null ? OptionalLong.empty() : OptionalLong.of(number);
    }

    /** The server's epoch by the decision. */
    OptionalLong epoch() {
        Long epoch = decision.getEpoch();
        return epoch == null ? OptionalLong.empty() : OptionalLong.of(epoch);
    }

    /** Time or an operator decided it, not an event. */
    boolean isByTime() {
        boolean silent =
                outcome() instanceof Released released
                        && (released.getCause() == ReleaseCause.EXPIRED
                                || released.getCause() == ReleaseCause.OPERATOR);
        return silent || decision.getSeq() == null;
    }

    /** An operator ordered it, in this configuration or in the next one. */
    boolean isByOrder() {
        return outcome() instanceof Released released
                && (released.getCause() == ReleaseCause.OPERATOR
                        || released.getCause() == ReleaseCause.RESET && decision.getSeq() == null);
    }
}
