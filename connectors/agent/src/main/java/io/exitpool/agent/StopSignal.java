package io.exitpool.agent;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Until it is closed, Ctrl-C or a TERM signal asks the work to stop, and the program ends when the
 * work has, or after a few seconds.
 */
final class StopSignal {
    private static final Logger LOG = LoggerFactory.getLogger(StopSignal.class);
    private static final long WAIT_SECONDS = 4;

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook;

    private StopSignal(Runnable stop) {
        hook = new Thread(() -> stopAndWait(stop), "stop-agent");
    }

    static StopSignal calls(Runnable stop) {
        StopSignal signal = new StopSignal(stop);
        Runtime.getRuntime().addShutdownHook(signal.hook);
        return signal;
    }

    /** The work is done: signals are no longer its business. */
    void close() {
        done.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            LOG.debug("the signal has come, and its hook has ended with the work");
        }
    }

    private void stopAndWait(Runnable stop) {
        stop.run();
        try {
            if (!done.await(WAIT_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("the agent did not stop within {} s", WAIT_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
