package io.exitpool.bench.peers;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends a command that is told to end (Ctrl-C, SIGTERM) by the one way that it has: its thread is
 * interrupted and given time to close what it opened, in its own order.
 */
final class OrderlyEnd implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook;

    private OrderlyEnd(Thread working) {
        hook = new Thread(() -> end(working), "bench-end");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    static OrderlyEnd ofThisThread() {
        return new OrderlyEnd(Thread.currentThread());
    }

    private void end(Thread working) {
        working.interrupt();
        try {
            closed.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The machine is ending, and the hook has nothing left to wait for.
            return;
        }
    }
}
