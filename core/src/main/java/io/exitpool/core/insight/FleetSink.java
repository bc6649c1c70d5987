package io.exitpool.core.insight;

import io.exitpool.core.stats.Window;
import io.exitpool.core.stats.WindowStats;

/** Where the fleet's statistics go: rows to keep, and windows to tell. */
public interface FleetSink {

    /** Keep: a server, in place of what was kept of it before. */
    void known(String server, KnownServer known);

    void knownGone(String server);

    /** Keep: a server's statistics, by its name and their window. */
    void kept(WindowStats stats);

    void keptGone(String server, Window window);

    /** Keep, in place of the one before. */
    void time(FleetTime time);

    /** A group's window is final. */
    void window(WindowStats stats);
}
