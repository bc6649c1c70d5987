package io.exitpool.core.insight;

import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.core.alert.AlertSettings;
import io.exitpool.core.pool.PoolStatus;
import io.exitpool.core.stats.Fact;
import io.exitpool.core.stats.StatsSettings;
import io.exitpool.core.stats.WindowStats;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/**
 * A partition's statistics with a store of their rows, from which they can be put together anew.
 */
final class RecordingStats implements StatsSink {
    static final int PARTITION = 3;

    final List<WindowStats> windows = new ArrayList<>();
    final List<Signal> signals = new ArrayList<>();
    final Map<String, ServerSnapshot> snapshots = new TreeMap<>();
    final Map<String, TreeMap<Integer, Entry>> journals = new TreeMap<>();
    private final StatsSettings settings;
    private PartitionStats stats;

    /** A row of a journal. */
    private record Entry(long number, Object read) {
        void load(PartitionStats.Loader loader, String server, int place) {
            if (read instanceof Fact fact) {
                loader.fact(server, place, number, fact);
            } else {
                loader.status(server, place, number, (PoolStatus) read);
            }
        }
    }

    RecordingStats(StatsSettings settings) {
        this.settings = settings;
        stats = new PartitionStats(settings, AlertSettings.DEFAULT, PARTITION, this);
    }

    PartitionStats stats() {
        return stats;
    }

    void decision(String server, Fact fact) {
        stats.onDecision(server, fact);
    }

    void status(String server, PoolStatus status) {
        stats.onStatus(server, Optional.of(status), status.watermark());
    }

    void tombstone(String server, long time) {
        stats.onStatus(server, Optional.empty(), time);
    }

    /** Forgets all but the rows, which are read in a shuffled order. */
    void restart(long shuffle) {
        PartitionStats.Loader loader =
                PartitionStats.load(settings, AlertSettings.DEFAULT, PARTITION, this);
        List<Runnable> rows = new ArrayList<>();
        snapshots.forEach((server, row) -> rows.add(() -> loader.snapshot(server, row)));
        journals.forEach(
                (server, journal) ->
                        journal.forEach(
                                (place, entry) ->
                                        rows.add(() -> entry.load(loader, server, place))));
        Collections.shuffle(rows, new Random(shuffle));
        rows.forEach(Runnable::run);
        stats = loader.finish();
    }

    List<WindowStats> windowsOf(String server) {
        return windows.stream().filter(stats -> stats.key().equals(server)).toList();
    }

    List<WindowStats> minutesOf(String server) {
        return windowsOf(server).stream()
                .filter(stats -> stats.window().length() == settings.minuteMillis())
                .toList();
    }

    List<WindowStats> hoursOf(String server) {
        return windowsOf(server).stream()
                .filter(stats -> stats.window().length() == settings.hourMillis())
                .toList();
    }

    /** Rows of the server's journal, be they of use or not. */
    int entries(String server) {
        return journals.getOrDefault(server, new TreeMap<>()).size();
    }

    @Override
    public void fact(String server, int place, long entry, Fact fact) {
        put(server, place, new Entry(entry, fact));
    }

    @Override
    public void status(String server, int place, long entry, PoolStatus status) {
        assertThat(status.slotMap()).isEmpty();
        put(server, place, new Entry(entry, status));
    }

    private void put(String server, int place, Entry entry) {
        Entry before = journals.computeIfAbsent(server, its -> new TreeMap<>()).put(place, entry);
        assertThat(before == null || before.number() < snapshots.get(server).nextEntry())
                .as("an entry that is of use is never overwritten")
                .isTrue();
    }

    @Override
    public void journalGone(String server, int fromPlace, int toPlaceExclusive) {
        assertThat(fromPlace).isLessThan(toPlaceExclusive);
        for (int place = fromPlace; place < toPlaceExclusive; place++) {
            assertThat(journals.get(server).remove(place)).as("an entry that goes").isNotNull();
        }
    }

    @Override
    public void snapshot(String server, ServerSnapshot snapshot) {
        snapshots.put(server, snapshot);
    }

    @Override
    public void serverGone(String server) {
        assertThat(entries(server)).as("entries of who is gone").isZero();
        journals.remove(server);
        snapshots.remove(server);
    }

    @Override
    public void window(WindowStats stats) {
        windows.add(stats);
    }

    @Override
    public void signal(Signal signal) {
        signals.add(signal);
    }
}
