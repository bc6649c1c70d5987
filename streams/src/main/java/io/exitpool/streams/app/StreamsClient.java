package io.exitpool.streams.app;

import io.exitpool.streams.app.StartException.Kind;
import io.exitpool.streams.commit.GroupCommit;
import io.exitpool.streams.config.Part;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One part of the program as a Kafka Streams client: started, watched and stopped. */
final class StreamsClient {
    private static final Logger LOG = LoggerFactory.getLogger(StreamsClient.class);

    private final Part part;
    private final ThreadFailures failures;
    private final Consumer<KafkaStreams.State> listener;
    private final KafkaStreams streams;
    private final CompletableFuture<Void> running = new CompletableFuture<>();
    private final CompletableFuture<KafkaStreams.State> stopped = new CompletableFuture<>();

    /**
     * @param listener hears of each state
     * @throws StartException when Kafka Streams cannot be set up
     */
    StreamsClient(
            Part part,
            Map<String, Object> settings,
            GroupCommit commits,
            Function<StreamsConfig, Topology> topology,
            MeterRegistry registry,
            Consumer<KafkaStreams.State> listener) {
        this.part = part;
        this.listener = listener;
        failures = new ThreadFailures(part, InstantSource.system(), registry);
        try {
            Map<String, Object> all = new HashMap<>(settings);
            all.put(GroupCommit.SETTING, commits);
            StreamsConfig config = new StreamsConfig(all);
            streams = new KafkaStreams(topology.apply(config), config, commits);
        } catch (KafkaException e) {
            throw new StartException(
                    Kind.LOCAL,
                    ("Kafka Streams cannot be set up for the %s (%s): is another instance running "
                                    + "in the same --state-dir, or a kafka.* setting wrong?")
                            .formatted(part.label(), e.getMessage()),
                    e);
        }
        streams.setUncaughtExceptionHandler(failures);
        streams.setStateListener(this::stateChanged);
    }

    Part part() {
        return part;
    }

    KafkaStreams streams() {
        return streams;
    }

    void start() {
        streams.start();
    }

    /**
     * Starts when another part is at work, so that what it restores holds nobody else up; not at
     * all if that one stops first.
     */
    void startAfter(StreamsClient other) {
        other.onceRunning(
                () -> {
                    try {
                        streams.start();
                    } catch (KafkaException e) {
                        stopped.completeExceptionally(e);
                    } catch (IllegalStateException e) {
                        LOG.debug("The {} was stopped before it started", part.label());
                    }
                });
    }

    /**
     * Does something once it is at work, so that it is not held up by it; not if it stops first.
     */
    void onceRunning(Runnable then) {
        running.thenRunAsync(then);
    }

    /** The state in which it stopped, once it has. */
    CompletableFuture<KafkaStreams.State> stopped() {
        return stopped;
    }

    void awaitRunning(Duration atMost) {
        try {
            running.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    "the %s is not running after %d s, but %s; its log says why"
                            .formatted(part.label(), atMost.toSeconds(), streams.state()),
                    e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "the %s stopped before it ran; its log says why".formatted(part.label()),
                    e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Tells the threads to stop, without waiting for them. */
    void stop(CloseOptions closing) {
        failures.stopping();
        streams.close(closing.withTimeout(Duration.ZERO));
    }

    /** Waits for the threads; whether they have stopped. */
    boolean close(CloseOptions closing, Duration atMost) {
        boolean clean = streams.close(closing.withTimeout(atMost));
        if (!clean) {
            LOG.warn("The {} did not stop within {} s", part.label(), atMost.toSeconds());
        }
        stopped.complete(streams.state());
        return clean;
    }

    private void stateChanged(KafkaStreams.State now, KafkaStreams.State before) {
        listener.accept(now);
        LOG.info("The {} is {} (was {})", part.label(), now, before);
        if (now == KafkaStreams.State.RUNNING) {
            running.complete(null);
        }
        if (now.hasCompletedShutdown()) {
            running.completeExceptionally(new IllegalStateException("it is " + now));
            stopped.complete(now);
        }
    }
}
