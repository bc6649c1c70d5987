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

    PoolCounters withDuplicate() {
        return plus(1, 0, 0, 0, 0, 0, 0);
    }

    PoolCounters withStaleEpoch() {
        return plus(0, 1, 0, 0, 0, 0, 0);
    }

    PoolCounters withUnknownEnd() {
        return plus(0, 0, 1, 0, 0, 0, 0);
    }

    PoolCounters withAdoptionConflict() {
        return plus(0, 0, 0, 1, 0, 0, 0);
    }

    PoolCounters withIncompleteSnapshot() {
        return plus(0, 0, 0, 0, 1, 0, 0);
    }

    PoolCounters withSkewedClock() {
        return plus(0, 0, 0, 0, 0, 1, 0);
    }

    PoolCounters withDeadLetter() {
        return plus(0, 0, 0, 0, 0, 0, 1);
    }

    private PoolCounters plus(
            long duplicate,
            long stale,
            long unknown,
            long conflict,
            long incomplete,
            long skewed,
            long dead) {
        return new PoolCounters(
                duplicates + duplicate,
                staleEpochs + stale,
                unknownEnds + unknown,
                adoptionConflicts + conflict,
                incompleteSnapshots + incomplete,
                skewedClocks + skewed,
                deadLetters + dead);
    }
}
