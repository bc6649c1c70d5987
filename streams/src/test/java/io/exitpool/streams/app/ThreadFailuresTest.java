package io.exitpool.streams.app;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.streams.config.Part;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class ThreadFailuresTest {
    private static final RuntimeException FAILURE = new StreamsException("planted");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final ThreadFailures failures = new ThreadFailures(Part.INSIGHT, () -> now, meters);

    @Test
    void shouldReplaceABoundedNumberOfThreads() {
        for (int i = 0; i < ThreadFailures.MAX_REPLACED; i++) {
            assertThat(failures.handle(FAILURE)).isEqualTo(REPLACE_THREAD);
        }

        assertThat(failures.handle(FAILURE)).isEqualTo(SHUTDOWN_CLIENT);
        assertThat(meters.get("exitpool.threads.replaced").tag("part", "insight").counter().count())
                .isEqualTo(ThreadFailures.MAX_REPLACED);
    }

    @Test
    void shouldForgetFailuresThatAreLongAgo() {
        for (int i = 0; i < 5 * ThreadFailures.MAX_REPLACED; i++) {
            assertThat(failures.handle(FAILURE)).isEqualTo(REPLACE_THREAD);
            now = now.plus(ThreadFailures.WINDOW.dividedBy(ThreadFailures.MAX_REPLACED));
            now = now.plus(Duration.ofSeconds(1));
        }
    }

    @Test
    void shouldNotReplaceAThreadThatStops() {
        failures.stopping();

        assertThat(failures.handle(FAILURE)).isEqualTo(SHUTDOWN_CLIENT);
    }

    @Test
    void shouldStopWhenTheProcessItselfIsIll() {
        Throwable ill = new StreamsException(new OutOfMemoryError("planted"));

        assertThat(failures.handle(ill)).isEqualTo(SHUTDOWN_CLIENT);
    }
}
