package io.exitpool.core.insight;

import io.exitpool.core.stats.Window;
import io.exitpool.core.stats.WindowStats;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The fleet's open windows of one length. They close in the order of their ends, each once.
 *
 * <p>Of each window one server is remembered whose statistics are awaited, so that another's are
 * not held against all servers again.
 */
final class FleetSeries {
    private final Map<String, KnownServer> known;
    private final TreeMap<Window, Open> open = new TreeMap<>();

    /** Windows that end up to here are closed. */
    private long closed;

    private static final class Open {
        private final Map<String, WindowStats> members = new TreeMap<>();
        private String awaited = "";
    }

    /** A window that is closed. */
    record Closed(Window window, List<WindowStats> members, List<String> missing) {}

    FleetSeries(Map<String, KnownServer> known) {
        this.known = known;
    }

    void begin(long closedUpTo) {
        closed = closedUpTo;
    }

    long closed() {
        return closed;
    }

    int size() {
        return open.size();
    }

    boolean isClosed(Window window) {
        return window.end() <= closed;
    }

    void add(WindowStats stats) {
        open.computeIfAbsent(stats.window(), window -> new Open()).members.put(stats.key(), stats);
    }

    /** Closes the next window, when all its statistics are in or it ended before the time given. */
    Optional<Closed> closeNext(long overdueAt) {
        if (open.isEmpty()) {
            return Optional.empty();
        }
        Window window = open.firstKey();
        Open first = open.get(window);
        if (window.end() > overdueAt && !isComplete(window, first)) {
            return Optional.empty();
        }
        open.remove(window);
        closed = Math.max(closed, window.end());
        return Optional.of(
                new Closed(window, List.copyOf(first.members.values()), missing(window, first)));
    }

    private boolean isComplete(Window window, Open its) {
        if (isAwaited(its.awaited, window, its)) {
            return false;
        }
        for (String server : known.keySet()) {
            if (isAwaited(server, window, its)) {
                its.awaited = server;
                return false;
            }
        }
        return true;
    }

    private List<String> missing(Window window, Open its) {
        List<String> missing = new ArrayList<>();
        for (String server : known.keySet()) {
            if (isAwaited(server, window, its)) {
                missing.add(server);
            }
        }
        return missing;
    }

    private boolean isAwaited(String server, Window window, Open its) {
        KnownServer expected = known.get(server);
        return expected != null
                && expected.since() < window.end()
                && !its.members.containsKey(server);
    }
}
