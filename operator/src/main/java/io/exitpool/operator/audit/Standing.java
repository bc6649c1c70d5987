package io.exitpool.operator.audit;

/** What the rules about epoch and seq make of an event. */
enum Standing {
    /** Newer than everything before it of its server. */
    EFFECTIVE,
    /** Of an epoch below the server's current one. */
    STALE,
    /** Its seq is not above the last one of its epoch. */
    DUPLICATE,
    /** Nothing that an agent may say: a dead letter. */
    MALFORMED
}
