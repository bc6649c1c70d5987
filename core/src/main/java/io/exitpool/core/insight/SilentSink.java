package io.exitpool.core.insight;

import io.exitpool.core.pool.PoolStatus;
import io.exitpool.core.stats.Fact;
import io.exitpool.core.stats.WindowStats;

/** Keeps nothing and tells nothing. */
final class SilentSink implements StatsSink {
    @Override
    public void fact(String server, int place, long entry, Fact fact) {}

    @Override
    public void status(String server, int place, long entry, PoolStatus status) {}

    @Override
    public void journalGone(String server, int fromPlace, int toPlaceExclusive) {}

    @Override
    public void snapshot(String server, ServerSnapshot snapshot) {}

    @Override
    public void serverGone(String server) {}

    @Override
    public void window(WindowStats stats) {}

    @Override
    public void signal(Signal signal) {}
}
