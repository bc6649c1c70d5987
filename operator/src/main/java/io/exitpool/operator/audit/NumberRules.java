package io.exitpool.operator.audit;

import io.exitpool.schemas.RejectCause;
import io.exitpool.schemas.Rejected;
import java.util.OptionalLong;

/**
 * What holds for the numbers of a server's decisions: each is one above the one before, so that
 * none was lost, written twice, or written out of turn. Where the log begins, any number may.
 *
 * <p>One kind of jump is allowed. A pool that lost its rows, or was removed and configured again,
 * begins anew at the microseconds of its first decision, which came after all that the pool before
 * it decided; what that one counted lies far below.
 */
final class NumberRules {

    /** By how much a first decision's time may lie before that of a decision written earlier. */
    private static final long CLOCKS_APART_MILLIS = 1_000;

    void judge(Ruling ruling) {
        OptionalLong number = ruling.decided().serverNumber();
        OptionalLong before = ruling.trail().number();
        if (number.isEmpty()) {
            if (!mayHaveNone(ruling.decided().outcome())) {
                ruling.violation(ViolationKind.DECISION_NUMBER, "it has none");
            }
        } else if (before.isPresent()) {
            long above = number.getAsLong() - before.getAsLong();
            if (above < 1) {
                ruling.violation(
                        ViolationKind.DECISION_NUMBER, "not above the one before it: " + above);
            } else if (above > 1 && !mayJump(ruling, number.getAsLong())) {
                ruling.violation(
                        ViolationKind.DECISION_NUMBER, above - 1 + " are missing before it");
            }
        }
    }

    /** Without a pool there is nobody to count. */
    private static boolean mayHaveNone(Object outcome) {
        return outcome instanceof Rejected rejected
                && (rejected.getCause() == RejectCause.NO_POOL
                        || rejected.getCause() == RejectCause.UNKNOWN);
    }

    private static boolean mayJump(Ruling ruling, long number) {
        Trail trail = ruling.trail();
        OptionalLong unreadable = ruling.decided().unreadable();
        boolean unread = unreadable.isPresent() && unreadable.getAsLong() > trail.numberedOffset();
        return unread || number >= (trail.time() - CLOCKS_APART_MILLIS) * 1_000;
    }
}
