package io.exitpool.agent;

import java.util.function.LongSupplier;

/**
 * Milliseconds since 1970 that never go back: the wall clock when it was made, and time that has
 * passed since. A clock that is set back must not stop the snapshots.
 */
final class Wall implements LongSupplier {
    private final long beginMillis = System.currentTimeMillis();
    private final long beginNanos = System.nanoTime();

    @Override
    public long getAsLong() {
        return beginMillis + (System.nanoTime() - beginNanos) / 1_000_000;
    }
}
