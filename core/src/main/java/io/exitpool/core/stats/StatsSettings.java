package io.exitpool.core.stats;

/**
 * What holds for all statistics. Milliseconds, unless another unit is named.
 *
 * @param minuteMillis length of the short windows; the long ones are sixty of them
 * @param k fewer times than this are published with those of the next window, never alone
 * @param maxHeldMillis how long a status says how full a pool is; after that nothing is known
 * @param maxWaitMillis how much older than the newest a status may be that waits for decisions it
 *     counts; then they are lost
 * @param maxWaitingStatuses of one server; beyond them the decisions they wait for are lost
 * @param maxWaitingFacts of one server, until a status counts them; beyond them the oldest are lost
 * @param maxCatchUpMinutes how many windows without traffic are closed at once; older ones are
 *     skipped
 * @param progressMillis how often a partition tells its time
 * @param missingAfterMillis how long after a window's end the fleet waits for a server's statistics
 */
public record StatsSettings(
        long minuteMillis,
        int k,
        long maxHeldMillis,
        long maxWaitMillis,
        int maxWaitingStatuses,
        int maxWaitingFacts,
        int maxCatchUpMinutes,
        long progressMillis,
        long missingAfterMillis) {
    public static final int MINUTES_PER_HOUR = 60;

    public static final StatsSettings DEFAULT =
            new StatsSettings(60_000, 10, 30_000, 60_000, 120, 1_048_576, 48 * 60, 10_000, 120_000);

    public StatsSettings {
        require(minuteMillis > 0, "minuteMillis is not above 0");
        require(k > 0, "k is not above 0");
        require(maxHeldMillis > 0, "maxHeldMillis is not above 0");
        require(maxWaitMillis > 0, "maxWaitMillis is not above 0");
        require(maxWaitingStatuses > 0, "maxWaitingStatuses is not above 0");
        require(maxWaitingFacts > 0, "maxWaitingFacts is not above 0");
        require(maxCatchUpMinutes > 0, "maxCatchUpMinutes is not above 0");
        require(progressMillis > 0, "progressMillis is not above 0");
        require(missingAfterMillis > 0, "missingAfterMillis is not above 0");
    }

    /** Length of the long windows. */
    public long hourMillis() {
        return MINUTES_PER_HOUR * minuteMillis;
    }

    /** The same with windows of another length. */
    public StatsSettings withMinute(long millis) {
        return new StatsSettings(
                millis,
                k,
                maxHeldMillis,
                maxWaitMillis,
                maxWaitingStatuses,
                maxWaitingFacts,
                maxCatchUpMinutes,
                progressMillis,
                missingAfterMillis);
    }

    /** The same with another least number of sessions. */
    public StatsSettings withK(int sessions) {
        return new StatsSettings(
                minuteMillis,
                sessions,
                maxHeldMillis,
                maxWaitMillis,
                maxWaitingStatuses,
                maxWaitingFacts,
                maxCatchUpMinutes,
                progressMillis,
                missingAfterMillis);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
