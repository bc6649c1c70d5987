package io.exitpool.operator.pools;

import io.exitpool.schemas.PoolStatus;
import io.exitpool.schemas.connection.Connection;
import io.exitpool.schemas.connection.TopicReader;
import io.exitpool.schemas.connection.TopicReader.Start;
import io.exitpool.schemas.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Follows the pools' statuses from the moment it is opened, and tells when the allocation has taken
 * up what was written. It is opened before the writing, so that no answer is missed.
 */
final class Confirmation implements AutoCloseable {

    /**
     * A running allocation says something of every pool every 10 s, and at once of a changed one.
     */
    static final Duration SILENCE = Duration.ofSeconds(10);

    /** A running allocation that has not taken a configuration up by then has a reason not to. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration POLL = Duration.ofMillis(200);

    private final TopicReader reader;
    private final Map<String, Optional<Long>> awaited = new TreeMap<>();

    Confirmation(Connection connection) {
        this.reader = TopicReader.open(connection, List.of(Topics.POOL_STATUS), Start.END);
    }

    /** Awaits this version of the server's configuration, or its removal. */
    void await(String server, Optional<Long> version) {
        awaited.put(server, version);
    }

    /** What was said of pools within the time, the last of each; a tombstone: the pool is gone. */
    List<TopicReader.Entry<PoolStatus>> poll(Duration atMost) {
        Map<String, TopicReader.Entry<PoolStatus>> latest = new TreeMap<>();
        for (TopicReader.Entry<?> read : reader.poll(atMost)) {
            TopicReader.Entry<PoolStatus> entry = read.as(Topics.POOL_STATUS).orElseThrow();
            if (entry.key() != null && entry.undecodable().isEmpty()) {
                latest.put(entry.key(), entry);
            }
        }
        latest.forEach((server, entry) -> settle(server, Optional.ofNullable(entry.value())));
        return List.copyOf(latest.values());
    }

    /**
     * Waits until all that is awaited was taken up, nobody speaks, or patience ends.
     *
     * @param messages takes what the operator should know of it
     */
    Outcome await(Consumer<String> messages) {
        long start = System.nanoTime();
        boolean heard = false;
        while (!awaited.isEmpty()) {
            heard |= !poll(POLL).isEmpty();
            long waited = System.nanoTime() - start;
            if (!heard && waited > SILENCE.toNanos()) {
                messages.accept(
                        "allocation does not run (no status within "
                                + SILENCE.toSeconds()
                                + " s): the change is stored and will be applied when it runs");
                return Outcome.STORED;
            }
            if (waited > PATIENCE.toNanos() && !awaited.isEmpty()) {
                messages.accept(
                        "allocation runs and has not taken up the configuration of "
                                + String.join(", ", awaited.keySet())
                                + " within "
                                + PATIENCE.toSeconds()
                                + " s: see its log and exit-dead-letters");
                return Outcome.NOT_TAKEN_UP;
            }
        }
        return Outcome.APPLIED;
    }

    @Override
    public void close() {
        reader.close();
    }

    private void settle(String server, Optional<PoolStatus> status) {
        Optional<Long> wanted = awaited.get(server);
        if (wanted == null) {
            return;
        }
        Optional<Long> shown = status.map(PoolStatus::getConfigVersion);
        boolean taken =
                wanted.isPresent()
                        ? shown.filter(version -> version >= wanted.get()).isPresent()
                        : shown.isEmpty();
        if (taken) {
            awaited.remove(server);
        }
    }
}
