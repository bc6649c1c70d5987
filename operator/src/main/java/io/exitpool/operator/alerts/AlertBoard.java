package io.exitpool.operator.alerts;

import io.exitpool.schemas.Alert;
import io.exitpool.schemas.AlertState;
import io.exitpool.schemas.connection.TopicReader.Entry;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The latest record of each alert, which is how things stand. A key whose latest record cannot be
 * read is remembered too: nobody can say that nothing is open then.
 */
final class AlertBoard {

    private static final Comparator<Alert> MOST_RECENT_FIRST =
            Comparator.comparingLong(Alert::getOpenedAt)
                    .reversed()
                    .thenComparing(Alert::getServer)
                    .thenComparing(Alert::getKind);

    private final Optional<String> server;
    private final Map<String, Alert> latest = new HashMap<>();
    private final SortedSet<String> unreadable = new TreeSet<>();

    /** A board of all alerts, or of those that concern one server. */
    AlertBoard(Optional<String> server) {
        this.server = server;
    }

    /** Takes a record in; the alert in it, if it is one of this board's. */
    Optional<Alert> take(Entry<Alert> entry) {
        if (entry.key() == null || !keyConcerns(entry)) {
            return Optional.empty();
        }
        latest.remove(entry.key());
        unreadable.remove(entry.key());
        if (entry.undecodable().isPresent()) {
            unreadable.add(entry.key());
            return Optional.empty();
        }
        Optional<Alert> alert = Optional.ofNullable(entry.value()).filter(this::concerns);
        alert.ifPresent(one -> latest.put(entry.key(), one));
        return alert;
    }

    /** Those that last, the one that opened last first; with resolved ones if asked for. */
    List<Alert> alerts(boolean resolvedToo) {
        return latest.values().stream()
                .filter(alert -> resolvedToo || isOpen(alert))
                .sorted(MOST_RECENT_FIRST)
                .toList();
    }

    /** Keys whose latest record cannot be read. */
    SortedSet<String> unreadable() {
        return unreadable;
    }

    /** Nothing is open, for certain. */
    boolean isQuiet() {
        return unreadable.isEmpty() && alerts(false).isEmpty();
    }

    /** A state that this version does not know is not a resolved one. */
    static boolean isOpen(Alert alert) {
        return alert.getState() != AlertState.RESOLVED;
    }

    /** What cannot be read may name any server among those affected. */
    private boolean keyConcerns(Entry<Alert> entry) {
        return entry.undecodable().isEmpty()
                || server.isEmpty()
                || entry.key().startsWith(server.get() + "/")
                || latest.containsKey(entry.key());
    }

    /** The server's own, and those of storms that its own are part of and not told apart. */
    private boolean concerns(Alert alert) {
        return server.isEmpty()
                || alert.getServer().equals(server.get())
                || alert.getAffected().stream().anyMatch(one -> one.startsWith(server.get() + "/"));
    }
}
