package io.exitpool.bench.peers;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Warm-up, then measured, then over: read by every client after each answer. */
final class Phase {

    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean measured;

    /** From now on latencies count; the nanosecond of it. */
    long measure() {
        measured = true;
        return System.nanoTime();
    }

    /** From now on nobody asks; the nanosecond of it. */
    long stop() {
        measured = false;
        over.countDown();
        return System.nanoTime();
    }

    boolean isMeasured() {
        return measured;
    }

    boolean isOver() {
        return over.getCount() == 0;
    }

    /** True when it was over before that time went by. */
    boolean awaitStop(Duration time) throws InterruptedException {
        return over.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }
}
