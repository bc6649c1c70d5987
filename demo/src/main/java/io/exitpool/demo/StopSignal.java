package io.exitpool.demo;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and TERM: the run is told to stop, and the JVM waits for it, but no longer than a person
 * would.
 */
final class StopSignal implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMillis(4_800);

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook;

    /**
     * Listens from now on.
     *
     * @param tooLate called when the run did not end in time
     */
    StopSignal(Runnable tooLate) {
        hook = new Thread(() -> stop(tooLate), "demo-stop");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    boolean isAsked() {
        return asked.getCount() == 0;
    }

    /** Waits for the signal; whether it has come. */
    boolean await(Duration atMost) {
        try {
            return asked.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** The run has ended: there is nothing more to wait for. */
    @Override
    public void close() {
        done.countDown();
        if (!isAsked()) {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }

    private void stop(Runnable tooLate) {
        asked.countDown();
        try {
            if (!done.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                tooLate.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
