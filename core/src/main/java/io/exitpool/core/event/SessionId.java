package io.exitpool.core.event;

/**
 * One session's id: 128 random bits, made on the exit server, derived from nothing.
 *
 * <p>Its text form is for tests and for operators who asked to see leases; no log line prints it.
 */
public record SessionId(long high, long low) {
    @Override
    public String toString() {
        return "%016x%016x".formatted(high, low);
    }
}
