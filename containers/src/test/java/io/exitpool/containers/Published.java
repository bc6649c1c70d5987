package io.exitpool.containers;

import io.exitpool.schemas.PoolStatus;
import io.exitpool.schemas.connection.Connection;
import io.exitpool.schemas.connection.TopicReader;
import io.exitpool.schemas.topic.Topic;
import io.exitpool.schemas.topic.Topics;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.specific.SpecificRecord;

/** What Exitpool has published, as any reader of its topics sees it. */
record Published(Connection connection) {

    /** How many records a topic has; each must be readable. */
    <T extends SpecificRecord> long count(Topic<T> topic) {
        AtomicLong count = new AtomicLong();
        TopicReader.readToEnd(
                connection,
                topic,
                entry -> {
                    entry.undecodable()
                            .ifPresent(
                                    why -> {
                                        throw new IllegalStateException(topic.name(), why);
                                    });
                    count.incrementAndGet();
                });
        return count.get();
    }

    /** Each server's last status. */
    Map<String, PoolStatus> statuses() {
        Map<String, PoolStatus> statuses = new TreeMap<>();
        TopicReader.readToEnd(
                connection, Topics.POOL_STATUS, entry -> statuses.put(entry.key(), entry.value()));
        return statuses;
    }

    /** How many sessions each server's pool holds a lease of. */
    Map<String, Integer> leases() {
        Map<String, Integer> leases = new TreeMap<>();
        statuses().forEach((server, status) -> leases.put(server, status.getSessions()));
        return leases;
    }
}
