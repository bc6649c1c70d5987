package io.exitpool.connect.dns.decision;

import java.net.InetAddress;
import java.util.List;
import java.util.function.Function;

/** What one record says about addresses; {@link #match} makes every kind be handled. */
public sealed interface News {

    /** The slot's addresses serve a session. */
    record Granted(SlotKey slot, List<InetAddress> addresses) implements News {}

    /** The slot's last session left it. */
    record Emptied(SlotKey slot) implements News {}

    /** The server's pool has these slots from now on; none: the server was removed. */
    record Configured(String server, List<SlotRange> slots) implements News {}

    /** Nothing that a name depends on. */
    record Nothing() implements News {}

    /** Answers with the function of this kind of news. */
    default <R> R match(
            Function<Granted, R> granted,
            Function<Emptied, R> emptied,
            Function<Configured, R> configured,
            Function<Nothing, R> nothing) {
        if (this instanceof Granted g) {
            return granted.apply(g);
        }
        if (this instanceof Emptied e) {
            return emptied.apply(e);
        }
        if (this instanceof Configured c) {
            return configured.apply(c);
        }
        return nothing.apply((Nothing) this);
    }
}
