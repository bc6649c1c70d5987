package io.exitpool.core.decision;

/** Why a session got just this slot. */
public enum Choice {
    /** The session used it already. */
    ADOPTED,
    /** The exit server asked for it. */
    WANTED,
    /** The pool's placement, or a rung of its ladder, chose it. */
    PLACED
}
