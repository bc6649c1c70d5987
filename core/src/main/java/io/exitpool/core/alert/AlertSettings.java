package io.exitpool.core.alert;

/**
 * When alerts open and resolve. Each kind has two thresholds, and a condition must hold for a while
 * before either of them counts: a load that wanders about one of them calls nobody twice. Times are
 * counted from status to status; a gap of more than 30 s between two of them does not count.
 */
public record AlertSettings(
        Exhausted exhausted,
        NearExhaustion nearExhaustion,
        TimeToFull timeToFull,
        ExcessBlocking excessBlocking,
        HotReuse hotReuse,
        UnevenUse unevenUse,
        ServerSilent serverSilent,
        SetAsideShare setAsideShare,
        Surge surge) {
    /** Least that the times of silence shrink to: a snapshot and a status are a second apart. */
    private static final long SHORTEST_QUIET_MILLIS = 2_500;

    private static final long SHORTEST_SILENCE_MILLIS = 4_000;

    /** Least that a hold shrinks to, unless it is 0: a status or two. */
    private static final long SHORTEST_HOLD_MILLIS = 1_000;

    public static final AlertSettings DEFAULT =
            new AlertSettings(
                    new Exhausted(minutes(5)),
                    new NearExhaustion(minutes(10), 1, 0.9, minutes(1), minutes(10)),
                    new TimeToFull(10, 5, 4, minutes(15), minutes(30), minutes(5)),
                    new ExcessBlocking(100, 10, 4, minutes(1), minutes(10)),
                    new HotReuse(20, 0.05, 0.025, minutes(10)),
                    new UnevenUse(1e-4, 1e-2),
                    new ServerSilent(35_000, 90_000),
                    new SetAsideShare(0.2, 0.1, minutes(1), minutes(10)),
                    new Surge(minutes(5), 1e-6));

    /**
     * Starts are rejected.
     *
     * @param closeForMillis without a rejected attempt
     */
    public record Exhausted(long closeForMillis) {}

    /**
     * The load passes what the places carry at the target.
     *
     * @param leastDataMillis of the sliding hour that is known
     * @param deviations of an hour's mean by chance, which the load must pass beyond what is
     *     carried
     * @param closeShare of the load that is carried, below which it closes
     */
    public record NearExhaustion(
            long leastDataMillis,
            double deviations,
            double closeShare,
            long openForMillis,
            long closeForMillis) {}

    /**
     * The pool fills.
     *
     * @param minutes the latest closed ones that the growth is measured over, at most
     * @param leastMinutes of them that must be known
     * @param deviations of a random walk of as many steps, which the growth must exceed
     * @param openBelowMillis to full
     * @param closeAboveMillis to full
     */
    public record TimeToFull(
            int minutes,
            int leastMinutes,
            double deviations,
            long openBelowMillis,
            long closeAboveMillis,
            long closeForMillis) {}

    /**
     * More is rejected than the load explains.
     *
     * @param leastStarts in the hour
     * @param leastRejected of them
     * @param deviations of what the load alone rejects, which the excess must exceed
     */
    public record ExcessBlocking(
            long leastStarts,
            long leastRejected,
            double deviations,
            long openForMillis,
            long closeForMillis) {}

    /**
     * Slots are granted before their rest is over.
     *
     * @param leastBent grants of that sort in the hour
     * @param openShare of the hour's grants
     * @param closeShare of the hour's grants
     */
    public record HotReuse(
            long leastBent, double openShare, double closeShare, long closeForMillis) {}

    /**
     * A slot is granted more often than a fair choice explains.
     *
     * @param openProbability below which chance is ruled out
     * @param closeProbability above which it is chance again
     */
    public record UnevenUse(double openProbability, double closeProbability) {}

    /**
     * The agent says nothing.
     *
     * @param quietMillis without a complete snapshot: one was missed. No alert, but evidence
     * @param openMillis without a complete snapshot: the alert
     */
    public record ServerSilent(long quietMillis, long openMillis) {}

    /**
     * Too much is set aside.
     *
     * @param openShare of the slots
     * @param closeShare of the slots
     */
    public record SetAsideShare(
            double openShare, double closeShare, long openForMillis, long closeForMillis) {}

    /**
     * Arrivals jump.
     *
     * @param leastDataMillis of the hour that is known
     * @param probability of as many arrivals under the hour's usual rate, below which they are one
     */
    public record Surge(long leastDataMillis, double probability) {}

    /**
     * The same for a fleet whose every duration is divided. Shares, counts and the length of a
     * minute's sums stay; silence and holds become no shorter than a few statuses.
     */
    public AlertSettings dividedBy(double speed) {
        if (!(speed > 0)) {
            throw new IllegalArgumentException("speed is not above 0");
        }
        return new AlertSettings(
                new Exhausted(hold(exhausted.closeForMillis, speed)),
                new NearExhaustion(
                        hold(nearExhaustion.leastDataMillis, speed),
                        nearExhaustion.deviations,
                        nearExhaustion.closeShare,
                        hold(nearExhaustion.openForMillis, speed),
                        hold(nearExhaustion.closeForMillis, speed)),
                new TimeToFull(
                        timeToFull.minutes,
                        timeToFull.leastMinutes,
                        timeToFull.deviations,
                        hold(timeToFull.openBelowMillis, speed),
                        hold(timeToFull.closeAboveMillis, speed),
                        hold(timeToFull.closeForMillis, speed)),
                new ExcessBlocking(
                        excessBlocking.leastStarts,
                        excessBlocking.leastRejected,
                        excessBlocking.deviations,
                        hold(excessBlocking.openForMillis, speed),
                        hold(excessBlocking.closeForMillis, speed)),
                new HotReuse(
                        hotReuse.leastBent,
                        hotReuse.openShare,
                        hotReuse.closeShare,
                        hold(hotReuse.closeForMillis, speed)),
                unevenUse,
                new ServerSilent(
                        divided(serverSilent.quietMillis, speed, SHORTEST_QUIET_MILLIS),
                        divided(serverSilent.openMillis, speed, SHORTEST_SILENCE_MILLIS)),
                new SetAsideShare(
                        setAsideShare.openShare,
                        setAsideShare.closeShare,
                        hold(setAsideShare.openForMillis, speed),
                        hold(setAsideShare.closeForMillis, speed)),
                new Surge(hold(surge.leastDataMillis, speed), surge.probability));
    }

    private static long hold(long millis, double speed) {
        return divided(millis, speed, SHORTEST_HOLD_MILLIS);
    }

    /** What is shorter than the least already stays as it is. */
    private static long divided(long millis, double speed, long least) {
        return Math.max(Math.min(millis, least), Math.round(millis / speed));
    }

    private static long minutes(long minutes) {
        return minutes * 60_000;
    }
}
