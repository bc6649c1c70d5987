package io.exitpool.core.insight;

import io.exitpool.core.alert.AlertState;
import io.exitpool.core.pool.PoolStatus;
import io.exitpool.core.stats.MinuteSums;
import io.exitpool.core.stats.Times;
import java.util.List;

/**
 * All that is counted of a server, after statuses were applied; what waits to be applied is written
 * to the journal again. Levels are not in it: they are the status'.
 *
 * @param nextEntry the journal's next entry; those below it are of no use any more
 * @param number of the last decision that is counted
 * @param clock up to where levels are counted, in milliseconds since 1970
 * @param incompleteThrough windows that begin up to here are incomplete, milliseconds since 1970
 * @param status the last one applied, without its slot map
 * @param minute the open minute, of its own
 * @param hour the open hour, of its closed minutes
 * @param withheld times of fewer than k, that wait for more; for no eye but the next window's
 * @param ring the last closed minutes, oldest first, at most 60
 */
public record ServerSnapshot(
        long nextEntry,
        long number,
        long clock,
        long incompleteThrough,
        PoolStatus status,
        OpenWindow minute,
        OpenWindow hour,
        Times withheld,
        List<MinuteSums> ring,
        List<AlertState> alerts) {

    /**
     * A window that is not closed.
     *
     * @param start milliseconds since 1970
     * @param times of the minute all of them, of the hour those that its minutes published
     */
    public record OpenWindow(long start, TallyState tally, Times times) {}

    /**
     * What was counted in a window. The arrays are by ordinal of their enum, to which constants are
     * only ever appended: a shorter array is one of before, and what it does not have is 0.
     *
     * @param counts by {@link Count}
     * @param grants by {@link io.exitpool.core.decision.Rung}
     * @param rejections by {@link io.exitpool.core.decision.RejectCause}
     * @param releases by {@link io.exitpool.core.decision.ReleaseCause}
     * @param integrals level x milliseconds over the covered time, by {@link Level}
     * @param peaks by {@link Level}
     * @param ignored in the order of {@link io.exitpool.core.pool.PoolCounters}' fields
     * @param slots ids of the slots that were granted, ascending
     * @param slotGrants how often, each
     */
    public record TallyState(
            boolean incomplete,
            long[] counts,
            long[] grants,
            long[] rejections,
            long[] releases,
            long[] integrals,
            long[] peaks,
            long[] ignored,
            int[] slots,
            long[] slotGrants) {}
}
