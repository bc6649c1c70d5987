package io.exitpool.core.insight;

import io.exitpool.core.pool.PoolStatus;
import io.exitpool.core.stats.Fact;
import io.exitpool.core.stats.WindowStats;

/**
 * Where a partition's statistics go: rows to keep, and what is told.
 *
 * <p>The rows are a journal and a snapshot per server. An entry of the journal is what was read,
 * under a number that grows by one; a snapshot is written once a window closed, and names the first
 * entry that is not in it. Entries before that one are of no use any more, and the next ones take
 * their places. So no row that is of use is ever rewritten by an event.
 */
public interface StatsSink {

    /**
     * Keep, instead of what has this place in the server's journal: a decision was read.
     *
     * @param entry its number, to be kept with it
     */
    void fact(String server, int place, long entry, Fact fact);

    /** The same of a status. It has no slot map. */
    void status(String server, int place, long entry, PoolStatus status);

    /** What has these places in the journal goes. */
    void journalGone(String server, int fromPlace, int toPlaceExclusive);

    /** Keep, in place of the server's snapshot before. */
    void snapshot(String server, ServerSnapshot snapshot);

    /** The server's snapshot goes, if it has one; its journal went before. */
    void serverGone(String server);

    /** A server's window is final; the fleet is told the same by {@link Signal.Closed}. */
    void window(WindowStats stats);

    void signal(Signal signal);
}
