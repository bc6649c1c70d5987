package io.exitpool.streams.app;

import io.exitpool.schemas.wire.WireClosedException;
import io.exitpool.streams.config.Part;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a thread that failed: another takes its place, and the record at hand is read
 * again from the last commit. A record that fails every time would go on like that for ever, so
 * there is a bound; beyond it the client stops, and whoever watches the process sees it.
 */
final class ThreadFailures implements StreamsUncaughtExceptionHandler {
    static final int MAX_REPLACED = 5;
    static final Duration WINDOW = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(ThreadFailures.class);

    private final Part part;
    private final InstantSource clock;
    private final Deque<Instant> replaced = new ArrayDeque<>();
    private final Counter counted;
    private volatile boolean stopping;

    ThreadFailures(Part part, InstantSource clock, MeterRegistry registry) {
        this.part = part;
        this.clock = clock;
        this.counted =
                Counter.builder("exitpool.threads.replaced")
                        .description("Threads that failed and were replaced")
                        .tag("part", part.label())
                        .register(registry);
    }

    /** From now on a thread that fails is one that was told to stop. */
    void stopping() {
        stopping = true;
    }

    @Override
    public synchronized StreamThreadExceptionResponse handle(Throwable failure) {
        if (stopping || hasCause(failure, WireClosedException.class)) {
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        if (hasCause(failure, Error.class)) {
            LOG.error("The {} stops: {}", part.label(), failure.toString());
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        Instant now = clock.instant();
        while (!replaced.isEmpty() && replaced.peekFirst().isBefore(now.minus(WINDOW))) {
            replaced.removeFirst();
        }
        if (replaced.size() >= MAX_REPLACED) {
            LOG.error(
                    "The {} stops: a thread failed again after {} were replaced within {}"
                            + " minutes. The cause is logged with it; start again when it is"
                            + " removed, nothing was lost",
                    part.label(),
                    MAX_REPLACED,
                    WINDOW.toMinutes());
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        replaced.addLast(now);
        counted.increment();
        LOG.error(
                "A thread of the {} failed and is replaced ({} of {} within {} minutes)",
                part.label(),
                replaced.size(),
                MAX_REPLACED,
                WINDOW.toMinutes());
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    private static boolean hasCause(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
