package io.exitpool.demo.stack;

import io.exitpool.core.alert.AlertSettings;
import io.exitpool.core.alert.DeskSettings;
import io.exitpool.core.pool.AllocationSettings;
import io.exitpool.core.stats.StatsSettings;
import io.exitpool.streams.app.Rules;

/**
 * The rules for a fleet whose every duration is divided by a speed. What depends on how fast this
 * machine is, and not on how fast the fleet lives, has a least time.
 */
final class FasterRules {

    /** Time passes in a pool once a second: nothing is told more often. */
    private static final long TICK_MILLIS = 1_000;

    /** However fast a fleet lives: asking more often than answers come would only add to it. */
    private static final long SHORTEST_RETRY_MILLIS = 500;

    /** A status that is late for as long is late, and no gap. */
    private static final long SHORTEST_WAIT_MILLIS = 5_000;

    private static final long MINUTE_MILLIS = 60_000;

    private FasterRules() {}

    static Rules of(double speed) {
        return new Rules(
                allocation(speed),
                statistics(speed),
                AlertSettings.DEFAULT.dividedBy(speed),
                DeskSettings.DEFAULT.dividedBy(speed));
    }

    private static AllocationSettings allocation(double speed) {
        AllocationSettings real = AllocationSettings.DEFAULT;
        return new AllocationSettings(
                real.maxCountedGapMillis(),
                divisorOfAMinute(divided(real.statusEveryMillis(), speed, TICK_MILLIS)),
                real.maxEpochAheadMillis(),
                real.maxClockSkewMillis(),
                divided(real.minRetryAfterMillis(), speed, SHORTEST_RETRY_MILLIS),
                divided(real.maxRetryAfterMillis(), speed, SHORTEST_RETRY_MILLIS),
                real.failFast());
    }

    private static StatsSettings statistics(double speed) {
        StatsSettings real = StatsSettings.DEFAULT;
        return new StatsSettings(
                divided(real.minuteMillis(), speed, TICK_MILLIS),
                real.k(),
                divided(real.maxHeldMillis(), speed, SHORTEST_WAIT_MILLIS),
                // Decisions are late because of this machine, and never because of the fleet.
                real.maxWaitMillis(),
                real.maxWaitingStatuses(),
                real.maxWaitingFacts(),
                real.maxCatchUpMinutes(),
                divided(real.progressMillis(), speed, TICK_MILLIS),
                divided(real.missingAfterMillis(), speed, SHORTEST_WAIT_MILLIS));
    }

    private static long divided(long millis, double speed, long least) {
        return Math.max(least, Math.round(millis / speed));
    }

    /** The largest that is not above it. */
    private static long divisorOfAMinute(long millis) {
        long divisor = Math.min(millis, MINUTE_MILLIS);
        while (MINUTE_MILLIS % divisor != 0) {
            divisor--;
        }
        return divisor;
    }
}
