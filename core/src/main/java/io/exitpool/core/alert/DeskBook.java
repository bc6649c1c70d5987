package io.exitpool.core.alert;

import io.exitpool.core.stats.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The rows of an {@link AlertDesk}: in memory, and each change in the sink. */
final class DeskBook {
    private final DeskSink sink;
    private final Map<AlertKey, StandingAlert> standing = new TreeMap<>();
    private final Map<String, QuietServer> quiet = new TreeMap<>();
    private final Map<AlertKey, ClosedAlert> closed = new TreeMap<>();

    DeskBook(DeskSink sink) {
        this.sink = sink;
    }

    void restore(StandingAlert row) {
        standing.put(row.key(), row);
    }

    void restore(QuietServer row) {
        quiet.put(row.server(), row);
    }

    void restore(ClosedAlert row) {
        closed.put(row.key(), row);
    }

    Optional<StandingAlert> standing(AlertKey key) {
        return Optional.ofNullable(standing.get(key));
    }

    Optional<QuietServer> quiet(String server) {
        return Optional.ofNullable(quiet.get(server));
    }

    Optional<ClosedAlert> closed(AlertKey key) {
        return Optional.ofNullable(closed.get(key));
    }

    /** In the order of their keys. */
    List<StandingAlert> standing(Predicate<StandingAlert> which) {
        return standing.values().stream().filter(which).toList();
    }

    List<StandingAlert> members(AlertKey leader) {
        return standing(alert -> alert.leader().equals(Optional.of(leader)));
    }

    /** In the order of their names. */
    List<QuietServer> quiet(Predicate<QuietServer> which) {
        return quiet.values().stream().filter(which).toList();
    }

    List<ClosedAlert> closedUntil(long at) {
        List<ClosedAlert> due = new ArrayList<>();
        for (ClosedAlert row : closed.values()) {
            if (row.at() <= at) {
                due.add(row);
            }
        }
        return due;
    }

    void put(StandingAlert row) {
        standing.put(row.key(), row);
        sink.standing(row);
    }

    void put(QuietServer row) {
        quiet.put(row.server(), row);
        sink.quiet(row);
    }

    void put(ClosedAlert row) {
        closed.put(row.key(), row);
        sink.closed(row);
    }

    void removeStanding(AlertKey key) {
        if (standing.remove(key) != null) {
            sink.standingGone(key);
        }
    }

    void removeQuiet(String server) {
        if (quiet.remove(server) != null) {
            sink.quietGone(server);
        }
    }

    void removeClosed(AlertKey key) {
        if (closed.remove(key) != null) {
            sink.closedGone(key);
        }
    }

    /** Servers of one city; where one of them has no city, of one country. */
    static boolean near(Place one, Place other) {
        boolean cities = one.city().isPresent() && other.city().isPresent();
        return one.country().isPresent()
                && one.country().equals(other.country())
                && (!cities || one.city().equals(other.city()));
    }
}
