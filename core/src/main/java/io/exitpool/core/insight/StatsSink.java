package io.exitpool.core.insight;

import io.exitpool.core.pool.PoolStatus;
import io.exitpool.core.stats.Fact;
import io.exitpool.core.stats.WindowStats;

/**
 * Where a partition's statistics go: rows to keep, and what is told.
 *
 * <p>The rows are a journal and a snapshot per server. An entry of the journal is what was read,
 * under a number that grows by one; a snapshot is written once a window closed, and the entries
 * that are in it go. So no row is ever rewritten by an event.
 */
public interface StatsSink {

    /** Keep: a decision was read. */
    void fact(String server, long entry, Fact fact);

    /** Keep: a status was read. It has no slot map. */
    void status(String server, long entry, PoolStatus status);

    /** These entries of the journal go. */
    void journalGone(String server, long fromEntry, long toEntryExclusive);

    /** Keep, in place of the server's snapshot before. */
    void snapshot(String server, ServerSnapshot snapshot);

    /** The server's snapshot goes, if it has one; its journal went before. */
    void serverGone(String server);

    /** A server's window is final; the fleet is told the same by {@link Signal.Closed}. */
    void window(WindowStats stats);

    void signal(Signal signal);
}
