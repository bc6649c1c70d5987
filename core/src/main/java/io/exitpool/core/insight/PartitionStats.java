package io.exitpool.core.insight;

import io.exitpool.core.alert.AlertSettings;
import io.exitpool.core.pool.PoolStatus;
import io.exitpool.core.stats.Fact;
import io.exitpool.core.stats.StatsSettings;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The statistics of one partition's servers. One task owns it; it is not thread-safe. It hears
 * decisions and statuses, and says what to keep and what to tell to its {@link StatsSink}; put
 * together from what was kept, it goes on as if nothing had happened.
 *
 * <p>A server begins with its first status, and ends with its tombstone: windows that are open then
 * are never told. Decisions of a server that has no status are forgotten after a while.
 */
public final class PartitionStats {
    private final StatsSettings settings;
    private final AlertSettings alertSettings;
    private final int partition;
    private final StatsSink sink;
    private final Map<String, ServerStats> servers = new HashMap<>();

    /** The largest watermark told as progress; 0 before the first status. */
    private long progress;

    /** Decisions that servers lost which are no more. */
    private long lostBefore;

    public PartitionStats(
            StatsSettings settings, AlertSettings alertSettings, int partition, StatsSink sink) {
        this.settings = settings;
        this.alertSettings = alertSettings;
        this.partition = partition;
        this.sink = sink;
    }

    /** Puts a partition's statistics together from what was kept. */
    public static Loader load(
            StatsSettings settings, AlertSettings alertSettings, int partition, StatsSink sink) {
        return new Loader(new PartitionStats(settings, alertSettings, partition, sink));
    }

    /** A decision of the server, which has a number. */
    public void onDecision(String server, Fact fact) {
        ServerStats its = of(server);
        its.onDecision(fact, sink);
        pass(its.watermark());
    }

    /**
     * A status of the server, or its tombstone.
     *
     * @param time of the record, in milliseconds since 1970
     */
    public void onStatus(String server, Optional<PoolStatus> status, long time) {
        if (status.isPresent()) {
            ServerStats its = of(server);
            its.onStatus(status.get(), sink);
            pass(its.watermark());
            return;
        }
        ServerStats gone = servers.remove(server);
        if (gone != null) {
            boolean known = gone.known();
            gone.end(sink);
            lostBefore += gone.lost();
            if (known) {
                sink.signal(new Signal.Gone(server, time));
            }
        }
    }

    /** Servers with a status. */
    public int servers() {
        return (int) servers.values().stream().filter(ServerStats::known).count();
    }

    /** Decisions that wait for a status that counts them. */
    public int waitingFacts() {
        return servers.values().stream().mapToInt(ServerStats::waitingFacts).sum();
    }

    /** Statuses that wait for decisions which they count. */
    public int waitingStatuses() {
        return servers.values().stream().mapToInt(ServerStats::waitingStatuses).sum();
    }

    /** Decisions given up since this began to run. */
    public long lostDecisions() {
        return lostBefore + servers.values().stream().mapToLong(ServerStats::lost).sum();
    }

    private ServerStats of(String server) {
        ServerStats its = servers.get(server);
        if (its == null) {
            its = new ServerStats(server, settings, alertSettings);
            servers.put(server, its);
        }
        return its;
    }

    /** Tells the time every so often, and then forgets who never had a status. */
    private void pass(long watermark) {
        if (watermark / settings.progressMillis() <= progress / settings.progressMillis()) {
            return;
        }
        progress = watermark;
        sink.signal(new Signal.Progress(partition, watermark));
        for (Iterator<ServerStats> all = servers.values().iterator(); all.hasNext(); ) {
            ServerStats its = all.next();
            OptionalLong newest = its.newestFact();
            if (!its.known()
                    && newest.isPresent()
                    && newest.getAsLong() < watermark - settings.maxWaitMillis()) {
                its.end(sink);
                all.remove();
            }
        }
    }

    /** Puts a partition's statistics together from what was kept, which may come in any order. */
    public static final class Loader {
        private final PartitionStats partition;
        private final Map<String, Rows> rows = new TreeMap<>();

        private Loader(PartitionStats partition) {
            this.partition = partition;
        }

        public void snapshot(String server, ServerSnapshot snapshot) {
            of(server).snapshot = Optional.of(snapshot);
        }

        public void fact(String server, int place, long entry, Fact fact) {
            of(server).put(place, entry, its -> its.replay(entry, fact));
        }

        public void status(String server, int place, long entry, PoolStatus status) {
            of(server).put(place, entry, its -> its.replay(entry, status));
        }

        public PartitionStats finish() {
            rows.forEach(
                    (server, its) -> {
                        ServerStats stats = partition.of(server);
                        its.restoreTo(stats);
                        partition.progress = Math.max(partition.progress, stats.watermark());
                    });
            return partition;
        }

        private Rows of(String server) {
            return rows.computeIfAbsent(server, its -> new Rows());
        }
    }

    private interface Entry {
        void replayTo(ServerStats stats);
    }

    private static final class Rows {
        private Optional<ServerSnapshot> snapshot = Optional.empty();
        private final SortedMap<Long, Entry> journal = new TreeMap<>();
        private int places;

        void put(int place, long number, Entry entry) {
            places = Math.max(places, place + 1);
            journal.put(number, entry);
        }

        void restoreTo(ServerStats stats) {
            snapshot.ifPresent(stats::restore);
            stats.restorePlaces(places);
            long first = snapshot.map(ServerSnapshot::nextEntry).orElse(0L);
            journal.tailMap(first).values().forEach(entry -> entry.replayTo(stats));
        }
    }
}
