package io.exitpool.core.decision;

import java.util.function.Function;

/**
 * The session no longer has the slot.
 *
 * @param slot id of the slot
 * @param grantedAt when it got the slot, in whole seconds since 1970
 * @param loadAfter sessions on the slot now
 */
public record Released(int slot, ReleaseCause cause, long grantedAt, int loadAfter)
        implements Outcome {
    @Override
    public <R> R match(
            Function<Granted, R> granted,
            Function<Rejected, R> rejected,
            Function<Released, R> released) {
        return released.apply(this);
    }
}
