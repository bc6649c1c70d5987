package io.exitpool.core.pool;

/**
 * Records that changed nothing, and why; counted since the pool was configured or rebuilt.
 *
 * @param deadLetters those of the server that could be decoded and were refused
 */
public record PoolCounters(
        long duplicates,
        long staleEpochs,
        long unknownEnds,
        long adoptionConflicts,
        long incompleteSnapshots,
        long skewedClocks,
        long deadLetters) {
    public static final PoolCounters ZERO = new PoolCounters(0, 0, 0, 0, 0, 0, 0);
}
