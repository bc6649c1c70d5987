package io.exitpool.core.decision;

/** Which promise was bent for a grant. */
public enum Rung {
    /** None. */
    REGULAR,
    /** The slot came back before its rest was over because too much of the pool rested. */
    REST_CAPPED,
    /** The pool was dry and the slot was past the hard floor of its rest. */
    REST_SHORTENED,
    /** The pool was dry and the slot carries more than cap sessions now. */
    SHARED
}
