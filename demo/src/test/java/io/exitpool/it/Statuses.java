package io.exitpool.it;

import io.exitpool.schemas.PoolStatus;
import io.exitpool.schemas.connection.Connection;
import io.exitpool.schemas.connection.TopicReader;
import io.exitpool.schemas.topic.Topics;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** How the pools stand by the status topic. */
final class Statuses {
    private Statuses() {}

    /** The last status of a server; none before its first, and behind its tombstone. */
    static Optional<PoolStatus> last(Connection connection, String server) {
        Map<String, PoolStatus> last = new HashMap<>();
        TopicReader.readToEnd(
                connection, Topics.POOL_STATUS, entry -> last.put(entry.key(), entry.value()));
        return Optional.ofNullable(last.get(server));
    }
}
