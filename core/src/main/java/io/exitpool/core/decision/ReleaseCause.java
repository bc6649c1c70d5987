package io.exitpool.core.decision;

/** Why a session no longer has its slot. */
public enum ReleaseCause {
    /** Its agent said that it ended. */
    ENDED,
    /** A snapshot of its own epoch did not name it. */
    VANISHED,
    /** A new epoch's first snapshot did not take it over, or the pool was rebuilt. */
    RESET,
    /** The server was silent for lease-ttl. */
    EXPIRED,
    /** An operator released the slot. */
    OPERATOR,
    /** The same tunnel goes on under a new id, granted next; the slot did not empty. */
    PASSED_ON;

    /** Whether the agent itself vouched that the address is out of use. */
    public boolean reported() {
        return this == ENDED;
    }
}
