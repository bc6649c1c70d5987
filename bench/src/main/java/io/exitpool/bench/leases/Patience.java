package io.exitpool.bench.leases;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what comes by itself, up to a deadline. */
public final class Patience {
    private static final long PAUSE_NANOS = Duration.ofMillis(5).toNanos();

    private Patience() {}

    /**
     * Asks again and again.
     *
     * @param what is awaited, in words
     */
    public static void await(String what, Duration atMost, BooleanSupplier happened) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!happened.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "%s: not within %d s".formatted(what, atMost.toSeconds()));
            }
            LockSupport.parkNanos(PAUSE_NANOS);
            if (Thread.interrupted()) {
                throw new IllegalStateException("interrupted while waiting: " + what);
            }
        }
    }
}
