package io.exitpool.core.insight;

/** What is counted of a window, beside what is counted by cause. Append only: stores have these. */
public enum Count {
    /** First attempts that were granted or found the pool exhausted. */
    STARTS,
    /** Later attempts, whatever was decided. */
    RETRIES,
    /** First attempts that found the pool exhausted. */
    EXHAUSTED_FIRST,
    /** New leases on the slot that was asked for. */
    WANTED,
    /** Leases taken over with their slot. */
    ADOPTED,
    /** Grants told again. */
    REPEATED,
    /** Releases that emptied their slot. */
    EMPTIED,
    /** Addresses that changed hands. */
    PTR_UPDATES,
    /** Decisions that were never read. */
    LOST,
    /** Milliseconds that statuses cover. */
    COVERED_MILLIS
}
