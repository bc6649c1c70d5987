package io.exitpool.core.pool;

/**
 * A pool's {@link PoolCounters} as they grow: in place, because a duplicate should cost nothing.
 */
final class Tally {
    long duplicates;
    long staleEpochs;
    long unknownEnds;
    long adoptionConflicts;
    long incompleteSnapshots;
    long skewedClocks;
    long deadLetters;

    /** Goes on from there. */
    void set(PoolCounters counters) {
        duplicates = counters.duplicates();
        staleEpochs = counters.staleEpochs();
        unknownEnds = counters.unknownEnds();
        adoptionConflicts = counters.adoptionConflicts();
        incompleteSnapshots = counters.incompleteSnapshots();
        skewedClocks = counters.skewedClocks();
        deadLetters = counters.deadLetters();
    }

    PoolCounters read() {
        return new PoolCounters(
                duplicates,
                staleEpochs,
                unknownEnds,
                adoptionConflicts,
                incompleteSnapshots,
                skewedClocks,
                deadLetters);
    }
}
