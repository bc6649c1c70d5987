package io.exitpool.core.insight;

/** What is measured over time. Append only: stores have these. */
public enum Level {
    /** Leases. */
    SESSIONS,
    /** Slots that carry sessions. */
    IN_USE,
    /** Slots that carry one. */
    ALONE,
    /** Sum of the slots' squared loads. */
    SQUARES,
    /** Slots that are empty and rest. */
    RESTING,
    /** Slots that are empty, rested and not set aside. */
    FREE,
    /** Slots that must not be granted. */
    SET_ASIDE;

    /** The levels that every decision tells; the others are told by statuses only. */
    static final int DECIDED = RESTING.ordinal();
}
