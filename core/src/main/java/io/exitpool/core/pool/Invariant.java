package io.exitpool.core.pool;

/** Checks that are always on. */
final class Invariant {
    private Invariant() {}

    static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new InvariantViolation(otherwise);
        }
    }
}
