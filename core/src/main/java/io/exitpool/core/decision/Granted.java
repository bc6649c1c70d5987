package io.exitpool.core.decision;

import java.util.OptionalLong;
import java.util.function.Function;

/**
 * The session has the slot.
 *
 * @param slot id of the slot
 * @param addresses the slot's addresses
 * @param gapMillis how long the slot had been empty; none if never used, or not empty
 * @param loadAfter sessions on the slot now
 * @param attempt the attempt of the start that this answers; 0 for a snapshot's entry
 * @param repeated the session had this lease before; nothing changed
 */
public record Granted(
        int slot,
        Addresses addresses,
        Choice choice,
        Rung rung,
        OptionalLong gapMillis,
        int loadAfter,
        int attempt,
        boolean repeated)
        implements Outcome {
    @Override
    public <R> R match(
            Function<Granted, R> granted,
            Function<Rejected, R> rejected,
            Function<Released, R> released) {
        return granted.apply(this);
    }
}
