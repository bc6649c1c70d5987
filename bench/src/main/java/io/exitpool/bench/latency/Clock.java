package io.exitpool.bench.latency;

import java.util.concurrent.locks.LockSupport;

/** Time as the load sees it, so that a test may bring its own. */
interface Clock {

    /** The machine's monotonic clock; a wait wakes up some 60 microseconds late. */
    Clock SYSTEM =
            new Clock() {
                @Override
                public long nanos() {
                    return System.nanoTime();
                }

                @Override
                public void sleepUntil(long nanos) {
                    // Never a spin: on a small machine the load would take the core that it loads.
                    for (long left = nanos - nanos(); left > 0; left = nanos - nanos()) {
                        LockSupport.parkNanos(left);
                    }
                }
            };

    /** Nanoseconds since some moment. */
    long nanos();

    /** Returns at this moment, or at once if it has passed. */
    void sleepUntil(long nanos);
}
