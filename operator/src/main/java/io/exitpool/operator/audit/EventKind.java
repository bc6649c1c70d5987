package io.exitpool.operator.audit;

/** What events are counted as. Their names are part of the report's JSON. */
public enum EventKind {
    /** A first attempt. */
    START,
    /** A further attempt. */
    RETRY,
    END,
    SNAPSHOT_PART,
    SERVER_STARTED,
    TICK,
    /** Without effect: its seq is not above the last one of its epoch. */
    DUPLICATE,
    /** Without effect: of an epoch below the current one. */
    STALE,
    /** Without effect: a dead letter. */
    MALFORMED
}
