package io.exitpool.core.stats;

import java.util.List;
import java.util.Optional;

/**
 * What a pool is offered and what it can carry, over a sliding hour. docs/statistics.md has the
 * formulas.
 *
 * @param minutes minutes that the estimate rests on, 1 to 60
 * @param arrivalsPerMinute first attempts a minute
 * @param meanHoldMillis mean time of a session by Little's law
 * @param restMillis rest that a session causes in the mean, in place-milliseconds
 * @param erlangs offered load in places: arrivals x (hold + rest)
 * @param places of the slots that are not set aside
 * @param blocking Erlang B for the load and the places
 * @param observed share of first attempts that found the pool exhausted; 0 without any
 * @param excess observed - blocking
 * @param excessLow lower end of the excess' 99 % interval (Wilson)
 * @param excessHigh upper end of it
 * @param target share of starts that may be rejected
 * @param slotsNeeded slots that the load needs for the target, beside those set aside
 * @param carriedErlangs load that the places carry at the target
 */
public record Load(
        int minutes,
        double arrivalsPerMinute,
        double meanHoldMillis,
        double restMillis,
        double erlangs,
        long places,
        double blocking,
        double observed,
        double excess,
        double excessLow,
        double excessHigh,
        double target,
        long slotsNeeded,
        double carriedErlangs) {

    /** Standard deviations to either side of 99 % of a normal law. */
    private static final double Z = 2.576;

    private static final double MINUTE_MILLIS = 60_000;

    /**
     * The load of the minutes that statuses cover, at least in part; none without such a minute.
     *
     * <p>The mean hold is the time that all sessions together spent, over the number of new ones
     * (Little's law), not the mean of the sessions that ended: an hour sees the end of short
     * sessions and of few long ones, which are right-censored, so that the mean of the ended is far
     * too small. Their quotient is good for pools whose number of sessions moves little within the
     * hour; while it grows, the hold is told too small, and too large while it falls.
     *
     * <p>Where nobody got a slot there is no quotient. What the pool carries is then the least that
     * it is offered, and its load; if it carries nothing and yet somebody asked, nothing is known.
     */
    public static Optional<Load> estimate(List<MinuteSums> hour, PoolSize pool) {
        Sums sums = Sums.of(hour);
        if (sums.coveredMillis == 0 || sums.isBlind()) {
            return Optional.empty();
        }
        double perMilli = (double) sums.starts / sums.coveredMillis;
        double hold = sums.grants == 0 ? 0 : (double) sums.sessionMillis / sums.grants;
        double rest = sums.restMillis(pool);
        double erlangs =
                sums.grants == 0
                        ? (double) sums.sessionMillis / sums.coveredMillis
                        : perMilli * (hold + rest);
        double blocking = ErlangB.blocking(erlangs, pool.places());
        double observed = sums.starts == 0 ? 0 : (double) sums.exhaustedFirst / sums.starts;
        double center = wilsonCenter(observed, sums.starts);
        double half = wilsonHalf(observed, sums.starts);
        return Optional.of(
                new Load(
                        sums.minutes,
                        perMilli * MINUTE_MILLIS,
                        hold,
                        rest,
                        erlangs,
                        pool.places(),
                        blocking,
                        observed,
                        observed - blocking,
                        Math.max(0, center - half) - blocking,
                        Math.min(1, center + half) - blocking,
                        pool.target(),
                        slots(ErlangB.places(erlangs, pool.target()), pool.cap()),
                        ErlangB.load(pool.places(), pool.target())));
    }

    /**
     * The load of many pools: loads, arrivals, places and slots are sums; times and observed
     * blocking are weighted by arrivals, blocking and target by load, all alike when there is none;
     * the pools being independent, the squares of their excess' intervals add up. The order of the
     * loads decides the last bits of the doubles.
     */
    public static Optional<Load> merge(List<Load> loads) {
        if (loads.isEmpty()) {
            return Optional.empty();
        }
        double[] byArrivals =
                weights(loads.stream().mapToDouble(Load::arrivalsPerMinute).toArray());
        double[] byLoad = weights(loads.stream().mapToDouble(Load::erlangs).toArray());
        double arrivals = 0;
        double erlangs = 0;
        double hold = 0;
        double rest = 0;
        double blocking = 0;
        double observed = 0;
        double target = 0;
        double carried = 0;
        double below = 0;
        double above = 0;
        long places = 0;
        long needed = 0;
        int minutes = Integer.MAX_VALUE;
        for (int i = 0; i < loads.size(); i++) {
            Load load = loads.get(i);
            arrivals += load.arrivalsPerMinute;
            erlangs += load.erlangs;
            carried += load.carriedErlangs;
            places += load.places;
            needed += load.slotsNeeded;
            minutes = Math.min(minutes, load.minutes);
            hold += byArrivals[i] * load.meanHoldMillis;
            rest += byArrivals[i] * load.restMillis;
            observed += byArrivals[i] * load.observed;
            below += square(byArrivals[i] * (load.excess - load.excessLow));
            above += square(byArrivals[i] * (load.excessHigh - load.excess));
            blocking += byLoad[i] * load.blocking;
            target += byLoad[i] * load.target;
        }
        double excess = observed - blocking;
        return Optional.of(
                new Load(
                        minutes,
                        arrivals,
                        hold,
                        rest,
                        erlangs,
                        places,
                        blocking,
                        observed,
                        excess,
                        excess - Math.sqrt(below),
                        excess + Math.sqrt(above),
                        target,
                        needed,
                        carried));
    }

    private static long slots(long places, int cap) {
        return (places + cap - 1) / cap;
    }

    /** Wilson's interval stands for shares near 0 and 1 and for few attempts, too. */
    private static double wilsonCenter(double share, long attempts) {
        return attempts == 0 ? 0.5 : (share + Z * Z / (2 * attempts)) / (1 + Z * Z / attempts);
    }

    private static double wilsonHalf(double share, long attempts) {
        return attempts == 0
                ? 0.5
                : Z
                        * Math.sqrt(
                                share * (1 - share) / attempts
                                        + Z * Z / (4.0 * attempts * attempts))
                        / (1 + Z * Z / attempts);
    }

    private static double[] weights(double[] parts) {
        double sum = 0;
        for (double part : parts) {
            sum += part;
        }
        double[] weights = new double[parts.length];
        for (int i = 0; i < parts.length; i++) {
            weights[i] = sum > 0 ? parts[i] / sum : 1.0 / parts.length;
        }
        return weights;
    }

    private static double square(double x) {
        return x * x;
    }

    /** Of the minutes that are covered. */
    private record Sums(
            int minutes,
            long coveredMillis,
            long starts,
            long exhaustedFirst,
            long grants,
            long emptied,
            long sessionMillis) {

        static Sums of(List<MinuteSums> hour) {
            int minutes = 0;
            long covered = 0;
            long starts = 0;
            long exhausted = 0;
            long grants = 0;
            long emptied = 0;
            long sessionMillis = 0;
            for (MinuteSums minute : hour) {
                if (minute.coveredMillis() > 0) {
                    minutes++;
                    covered += minute.coveredMillis();
                    starts += minute.starts();
                    exhausted += minute.exhaustedFirst();
                    grants += minute.grants();
                    emptied += minute.emptied();
                    sessionMillis += minute.sessionMillis();
                }
            }
            return new Sums(minutes, covered, starts, exhausted, grants, emptied, sessionMillis);
        }

        /** Somebody asked, and nothing says for how long. */
        boolean isBlind() {
            return grants == 0 && starts > 0 && sessionMillis == 0;
        }

        /** A slot that rests keeps all its places; an exclusive one rests after every session. */
        double restMillis(PoolSize pool) {
            if (grants == 0) {
                return 0;
            }
            return pool.cap() == 1
                    ? pool.minRestMillis()
                    : (double) pool.cap() * pool.minRestMillis() * emptied / grants;
        }
    }
}
