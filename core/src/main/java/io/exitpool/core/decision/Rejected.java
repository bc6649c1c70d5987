package io.exitpool.core.decision;

import java.util.function.Function;

/**
 * The session gets no slot.
 *
 * @param retryAfterMillis when a retry may succeed, from now
 * @param attempt the attempt of the start that this answers; 0 for a snapshot's entry
 */
public record Rejected(RejectCause cause, long retryAfterMillis, int attempt) implements Outcome {
    @Override
    public <R> R match(
            Function<Granted, R> granted,
            Function<Rejected, R> rejected,
            Function<Released, R> released) {
        return rejected.apply(this);
    }
}
