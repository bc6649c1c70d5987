package io.exitpool.core.decision;

/** Why a session gets no slot. */
public enum RejectCause {
    /** Nothing is eligible and no rung is left. */
    EXHAUSTED,
    /** The pool waits for the epoch's first complete snapshot. */
    NOT_SYNCED,
    /** Nobody configured the server. */
    NO_POOL,
    /** The server takes no new sessions. */
    DRAINING,
    /** A later life of the agent spoke. */
    STALE_EPOCH,
    /** The pool's books do not add up. */
    POOL_FAILED
}
