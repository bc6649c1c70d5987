package io.exitpool.core.simulation;

import io.exitpool.core.pool.PoolCounters;

/** The model's counters. */
final class NaiveCounters {
    long duplicates;
    long staleEpochs;
    long unknownEnds;
    long adoptionConflicts;
    long incompleteSnapshots;
    long skewedClocks;
    long deadLetters;

    NaiveCounters() {}

    NaiveCounters(PoolCounters row) {
        duplicates = row.duplicates();
        staleEpochs = row.staleEpochs();
        unknownEnds = row.unknownEnds();
        adoptionConflicts = row.adoptionConflicts();
        incompleteSnapshots = row.incompleteSnapshots();
        skewedClocks = row.skewedClocks();
        deadLetters = row.deadLetters();
    }

    PoolCounters now() {
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
