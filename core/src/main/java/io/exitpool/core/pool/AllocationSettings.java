package io.exitpool.core.pool;

/**
 * What holds for all pools. Milliseconds throughout.
 *
 * @param maxCountedGapMillis a longer gap between two records of a partition does not count as time
 *     for lease-ttl: nothing expires because the log stood still
 * @param statusEveryMillis how often a pool that did not change reports its status; a divisor of a
 *     minute, so that every window's end is followed by a status
 * @param maxEpochAheadMillis an epoch further ahead of the record's time is not believed
 * @param maxClockSkewMillis an event's own time further from the record's is counted
 * @param minRetryAfterMillis no rejected start is told to come back sooner, when it must wait at
 *     all
 * @param maxRetryAfterMillis no rejected start is told to come back later
 * @param failFast let an {@link InvariantViolation} through instead of failing its pool: for tests
 */
public record AllocationSettings(
        long maxCountedGapMillis,
        long statusEveryMillis,
        long maxEpochAheadMillis,
        long maxClockSkewMillis,
        long minRetryAfterMillis,
        long maxRetryAfterMillis,
        boolean failFast) {
    public static final AllocationSettings DEFAULT =
            new AllocationSettings(30_000, 10_000, 86_400_000, 300_000, 1_000, 60_000, false);

    public AllocationSettings {
        require(maxCountedGapMillis > 0, "maxCountedGapMillis is not above 0");
        require(statusEveryMillis > 0, "statusEveryMillis is not above 0");
        require(60_000 % statusEveryMillis == 0, "statusEveryMillis does not divide a minute");
        require(maxEpochAheadMillis > 0, "maxEpochAheadMillis is not above 0");
        require(maxClockSkewMillis > 0, "maxClockSkewMillis is not above 0");
        require(minRetryAfterMillis > 0, "minRetryAfterMillis is not above 0");
        require(maxRetryAfterMillis >= minRetryAfterMillis, "maxRetryAfterMillis is too small");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
