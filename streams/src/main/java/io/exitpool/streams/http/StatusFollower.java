package io.exitpool.streams.http;

import io.exitpool.schemas.connection.Connection;
import io.exitpool.schemas.connection.TopicReader;
import io.exitpool.schemas.connection.TopicReader.Entry;
import io.exitpool.schemas.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the status topic into {@link PoolStatuses}, on a thread and with a consumer of its own: it
 * has every server's status, not only those of this instance's partitions, and cannot slow the
 * allocation down. When it fails it begins anew.
 */
public final class StatusFollower implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StatusFollower.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Connection connection;
    private final PoolStatuses statuses;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicReference<TopicReader> reading = new AtomicReference<>();
    private final Thread thread = new Thread(this::run, "exitpool-status-follower");

    public StatusFollower(Connection connection, PoolStatuses statuses) {
        this.connection = connection;
        this.statuses = statuses;
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** Ends the reading without waiting for its thread, which holds nothing that must be saved. */
    @Override
    public void close() {
        closed.countDown();
        TopicReader reader = reading.get();
        if (reader != null) {
            reader.close();
        }
    }

    private void run() {
        while (!isClosed()) {
            try (TopicReader reader =
                    TopicReader.open(
                            connection, List.of(Topics.POOL_STATUS), TopicReader.Start.BEGINNING)) {
                reading.set(reader);
                statuses.restart();
                follow(reader);
            } catch (RuntimeException e) {
                if (!isClosed()) {
                    LOG.warn(
                            "/api/pools stands still: {} cannot be read ({}); trying again in {} s",
                            Topics.POOL_STATUS.name(),
                            e.toString(),
                            PAUSE.toSeconds());
                    pause();
                }
            }
        }
    }

    private void follow(TopicReader reader) {
        boolean complete = false;
        while (!isClosed()) {
            for (Entry<?> entry : reader.poll(POLL)) {
                entry.as(Topics.POOL_STATUS).filter(one -> one.key() != null).ifPresent(this::take);
            }
            if (!complete && reader.atEnd()) {
                complete = true;
                statuses.complete();
            }
        }
    }

    private void take(Entry<io.exitpool.schemas.PoolStatus> entry) {
        if (entry.undecodable().isPresent()) {
            LOG.warn(
                    "A status cannot be read: {}-{} at offset {}: {}",
                    entry.topic(),
                    entry.partition(),
                    entry.offset(),
                    entry.undecodable().get().reason());
        } else {
            statuses.put(entry.key(), entry.value());
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private void pause() {
        try {
            closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            // Nobody but the JVM's end interrupts this thread.
            closed.countDown();
        }
    }
}
