package io.exitpool.core.alert;

import java.util.Comparator;

/** What an alert is told by: one server's alert of one kind. */
public record AlertKey(String server, AlertKind kind) implements Comparable<AlertKey> {
    private static final Comparator<AlertKey> ORDER =
            Comparator.comparing(AlertKey::server).thenComparing(AlertKey::kind);

    /** {@code SERVER/KIND}. */
    public String name() {
        return server + "/" + kind;
    }

    @Override
    public int compareTo(AlertKey other) {
        return ORDER.compare(this, other);
    }
}
