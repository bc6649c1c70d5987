package io.exitpool.operator.plan;

import java.time.Duration;

/**
 * Sessions that start at a rate, hold their place for a time in the mean, and leave a rest behind.
 */
record Arrivals(Rate rate, Duration hold, Duration minRest) {

    /**
     * The load in places. A slot rests when it empties, and all its {@code cap} places rest with
     * it: rate x (hold + cap x rest x e), where e is the share of releases that empty their slot.
     * With a cap of 1 that is every release. With a larger one nobody knows it from a rate; this is
     * the worst case, in which it is every release too.
     */
    double erlangs(int cap) {
        return rate.perSecond() * (seconds(hold) + cap * seconds(minRest));
    }

    /** The load if no slot ever emptied: the other end of what it can be. */
    double leastErlangs(int cap) {
        return cap == 1 ? erlangs(1) : rate.perSecond() * seconds(hold);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }
}
