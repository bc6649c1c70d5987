package io.exitpool.core.pool;

/** A slot that must not be granted, and why. */
public record SetAside(int slot, Cause cause, String reason) {
    /** Who set it aside: an operator, a reputation feed, or a conflict on the wire. */
    public enum Cause {
        DRAINED,
        REPUTATION,
        CONFLICT
    }
}
