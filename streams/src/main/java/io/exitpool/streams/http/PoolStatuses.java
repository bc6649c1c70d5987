package io.exitpool.streams.http;

import io.exitpool.schemas.PoolStatus;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The latest status of every server, whichever instance allocates it. Not to be believed before the
 * topic was read to its end once.
 */
public final class PoolStatuses {
    private final Map<String, PoolStatus> latest = new ConcurrentSkipListMap<>();
    private volatile boolean complete;

    /** A status, or null: the server is gone. */
    void put(String server, PoolStatus status) {
        if (status == null) {
            latest.remove(server);
        } else {
            latest.put(server, status);
        }
    }

    void complete() {
        complete = true;
    }

    /** The topic is read from its beginning again. */
    void restart() {
        complete = false;
        latest.clear();
    }

    boolean isComplete() {
        return complete;
    }

    Optional<PoolStatus> of(String server) {
        return Optional.ofNullable(latest.get(server));
    }

    /** All, by server. */
    SortedMap<String, PoolStatus> all() {
        return new TreeMap<>(latest);
    }
}
