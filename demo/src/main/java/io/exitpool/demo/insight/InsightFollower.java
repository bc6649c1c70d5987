package io.exitpool.demo.insight;

import io.exitpool.schemas.connection.Connection;
import io.exitpool.schemas.connection.TopicReader;
import io.exitpool.schemas.connection.TopicReader.Entry;
import io.exitpool.schemas.connection.TopicReader.Start;
import io.exitpool.schemas.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the topics of statistics and alerts on a thread of its own until it is closed. */
public final class InsightFollower implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(InsightFollower.class);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(2);

    private final InsightBoard board;
    private final TopicReader alerts;
    private final TopicReader statistics;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread = new Thread(this::follow, "insight-follower");
    private volatile boolean over;
    private volatile InsightView view;
    private volatile Optional<RuntimeException> failure = Optional.empty();

    private InsightFollower(Connection connection, long sinceMillis) {
        board = new InsightBoard(sinceMillis);
        // How things stand is in the topic from its beginning; windows of another run are history.
        alerts = TopicReader.open(connection, List.of(Topics.POOL_ALERTS), Start.BEGINNING);
        while (!alerts.atEnd()) {
            alerts.poll(POLL)
                    .forEach(entry -> entry.as(Topics.POOL_ALERTS).ifPresent(board::before));
        }
        statistics =
                TopicReader.open(
                        connection,
                        List.of(
                                Topics.POOL_STATS_1M,
                                Topics.POOL_STATS_1H,
                                Topics.FLEET_STATS_1M,
                                Topics.FLEET_STATS_1H),
                        Start.END);
        view = board.view();
    }

    /**
     * Reads how alerts stand, and follows from then on.
     *
     * @param sinceMillis when the run begins, in milliseconds since 1970
     */
    public static InsightFollower start(Connection connection, long sinceMillis) {
        InsightFollower follower = new InsightFollower(connection, sinceMillis);
        follower.thread.setDaemon(true);
        follower.thread.start();
        return follower;
    }

    /** What was read up to a moment ago. Throws what the following failed with. */
    public InsightView view() {
        failure.ifPresent(
                cause -> {
                    throw cause;
                });
        return view;
    }

    @Override
    public void close() {
        over = true;
        try {
            if (!ended.await(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("the follower of statistics and alerts does not stop");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        alerts.close();
        statistics.close();
    }

    private void follow() {
        try {
            while (!over) {
                take(alerts.poll(POLL));
                take(statistics.poll(POLL));
            }
        } catch (RuntimeException e) {
            LOG.error("the following of statistics and alerts failed", e);
            failure = Optional.of(e);
        } finally {
            ended.countDown();
        }
    }

    private void take(List<Entry<?>> entries) {
        if (!entries.isEmpty()) {
            entries.forEach(board::take);
            view = board.view();
        }
    }
}
