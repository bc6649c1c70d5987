package io.exitpool.operator.plan;

import io.exitpool.schemas.PoolConfig;
import io.exitpool.schemas.PoolStats;
import io.exitpool.schemas.connection.TopicReader.Entry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Collects what the topics say of each server, the newest record first in rank, and judges the
 * configured ones. What is left of servers that were removed is left out.
 */
final class FleetSizing {

    /** Which servers need more comes first; then the fullest. */
    private static final Comparator<ServerSizing> NEEDIEST_FIRST =
            Comparator.comparingLong(ServerSizing::missing)
                    .thenComparingDouble(ServerSizing::pressure)
                    .reversed()
                    .thenComparing(ServerSizing::server);

    /**
     * Every configured server is in one of the two.
     *
     * @param servers that have a load, those that need more first
     * @param without the others by name, and why there is nothing to judge them by
     */
    record Report(List<ServerSizing> servers, SortedMap<String, String> without) {

        long needingMore() {
            return servers.stream().filter(server -> server.missing() > 0).count();
        }
    }

    private final SortedMap<String, Entry<PoolConfig>> configs = new TreeMap<>();
    private final Map<String, PoolStats> newest = new HashMap<>();
    private final Map<String, Entry<PoolStats>> unreadable = new HashMap<>();

    /** The latest configuration counts; a tombstone takes the server out. */
    void config(Entry<PoolConfig> entry) {
        if (entry.key() == null) {
            return;
        }
        if (entry.isTombstone()) {
            configs.remove(entry.key());
        } else {
            configs.put(entry.key(), entry);
        }
    }

    /** The latest window counts, in whatever order they come. */
    void stats(Entry<PoolStats> entry) {
        if (entry.key() == null || entry.isTombstone()) {
            return;
        }
        if (entry.value() == null) {
            unreadable.put(entry.key(), entry);
            return;
        }
        newest.merge(
                entry.key(),
                entry.value(),
                (known, next) -> next.getWindowStart() >= known.getWindowStart() ? next : known);
    }

    /** Judges by each server's own target, or by this one. */
    Report report(OptionalDouble target) {
        List<ServerSizing> servers = new ArrayList<>();
        SortedMap<String, String> without = new TreeMap<>();
        configs.forEach(
                (server, config) -> {
                    PoolStats stats = newest.get(server);
                    String why = whyNot(server, config, stats);
                    if (why != null) {
                        without.put(server, why);
                    } else {
                        int cap = config.value().getCap();
                        servers.add(
                                target.isPresent()
                                        ? ServerSizing.of(server, cap, stats, target.getAsDouble())
                                        : ServerSizing.of(server, cap, stats));
                    }
                });
        servers.sort(NEEDIEST_FIRST);
        return new Report(List.copyOf(servers), without);
    }

    private String whyNot(String server, Entry<PoolConfig> config, PoolStats stats) {
        if (config.value() == null) {
            return "its configuration cannot be read (" + place(config) + ")";
        }
        if (stats == null) {
            Entry<PoolStats> entry = unreadable.get(server);
            return entry == null
                    ? "no recent statistics: is the insight running?"
                    : "its statistics cannot be read (" + place(entry) + ")";
        }
        return stats.getLoad() == null ? "too little is known of its load yet" : null;
    }

    private static String place(Entry<?> entry) {
        return entry.topic() + "/" + entry.partition() + "@" + entry.offset();
    }
}
