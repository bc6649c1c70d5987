package io.exitpool.core.pool;

/**
 * An impossible state. It fails the pool that it was found in, loudly, and no other; a test lets it
 * through.
 */
public final class InvariantViolation extends RuntimeException {
    public InvariantViolation(String message) {
        super(message);
    }
}
