package io.exitpool.operator.pools;

import io.exitpool.schemas.PoolStatus;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The fleet as the log tells it: what is configured, and how each pool stood at its last status. A
 * server may have either without the other.
 *
 * @param gone when the pools disappeared whose status is a tombstone, in milliseconds since 1970
 */
record FleetState(
        SortedMap<String, StoredPool> pools,
        SortedMap<String, PoolStatus> statuses,
        Map<String, Long> gone) {

    FleetState {
        pools = Collections.unmodifiableSortedMap(new TreeMap<>(pools));
        statuses = Collections.unmodifiableSortedMap(new TreeMap<>(statuses));
        gone = Map.copyOf(gone);
    }

    StoredPool pool(String server) {
        return pools.getOrDefault(server, StoredPool.UNKNOWN);
    }

    Optional<PoolStatus> status(String server) {
        return Optional.ofNullable(statuses.get(server));
    }

    SortedSet<String> servers() {
        SortedSet<String> all = new TreeSet<>(pools.keySet());
        all.addAll(statuses.keySet());
        return all;
    }

    /** When the pool disappeared, if its last status says so. */
    Optional<Long> goneAt(String server) {
        return Optional.ofNullable(gone.get(server));
    }

    /** The same fleet at a later status of one pool. */
    FleetState with(String server, PoolStatus later) {
        SortedMap<String, PoolStatus> merged = new TreeMap<>(statuses);
        merged.put(server, later);
        Map<String, Long> stillGone = new HashMap<>(gone);
        stillGone.remove(server);
        return new FleetState(pools, merged, stillGone);
    }

    /** The same fleet after one pool has disappeared. */
    FleetState without(String server, long at) {
        SortedMap<String, PoolStatus> fewer = new TreeMap<>(statuses);
        fewer.remove(server);
        Map<String, Long> more = new HashMap<>(gone);
        more.put(server, at);
        return new FleetState(pools, fewer, more);
    }
}
