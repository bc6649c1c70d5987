package io.exitpool.core.stats;

import io.exitpool.core.decision.RejectCause;
import io.exitpool.core.decision.ReleaseCause;
import io.exitpool.core.decision.Rung;
import io.exitpool.core.pool.PoolCounters;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The statistics of one window: of a server, or merged from those of many. Whole numbers add up in
 * any order; what is derived from them is not kept here but computed where it is written.
 *
 * @param key the server, or {@code fleet}, {@code country/se}, {@code city/se-sto}
 * @param place of a server or group, as far as it has one
 * @param servers how many are in it
 * @param missingServers known servers of the group whose statistics did not come in time, sorted
 * @param incomplete decisions are missing, or the window was not seen from its beginning
 * @param coveredMillis how much of the window statuses cover; of a group the least of its servers'
 * @param traffic what was asked and decided
 * @param occupancy how full the pool was
 * @param load of the sliding hour that ends with the window; none while too little is known
 * @param holds how long sessions that ended had their slot; none for fewer than k
 * @param gaps how long slots had been empty when they were granted; none for fewer than k
 * @param lags how long events waited to be decided; none for fewer than k
 * @param slotUse how evenly slots were granted
 * @param crowd how many sessions share an address
 * @param ptrUpdates addresses that changed hands: a reverse-DNS update each
 * @param ignored records that changed nothing, of the statuses whose last millisecond is in it
 * @param lostDecisions decisions that were never read; of a gap over several windows they all count
 *     in the one in which it ended
 */
public record WindowStats(
        String key,
        Window window,
        Place place,
        int servers,
        List<String> missingServers,
        boolean incomplete,
        long coveredMillis,
        Traffic traffic,
        Occupancy occupancy,
        Optional<Load> load,
        Optional<Distribution> holds,
        Optional<GapDistribution> gaps,
        Optional<Distribution> lags,
        SlotUse slotUse,
        Crowd crowd,
        long ptrUpdates,
        PoolCounters ignored,
        long lostDecisions) {

    /** The same, if something turned out to be missing in it. */
    public WindowStats asIncomplete() {
        return new WindowStats(
                key,
                window,
                place,
                servers,
                missingServers,
                true,
                coveredMillis,
                traffic,
                occupancy,
                load,
                holds,
                gaps,
                lags,
                slotUse,
                crowd,
                ptrUpdates,
                ignored,
                lostDecisions);
    }

    /**
     * What was asked and decided.
     *
     * @param starts first attempts that were granted or found the pool exhausted
     * @param retries later attempts, whatever was decided
     * @param exhaustedFirst first attempts that found the pool exhausted
     * @param grants new leases by the promise that was bent for them
     * @param wanted new leases on the slot that the exit server asked for
     * @param adopted leases taken over with the slot that the session held
     * @param repeated grants told again
     */
    public record Traffic(
            long starts,
            long retries,
            long exhaustedFirst,
            Map<Rung, Long> grants,
            long wanted,
            long adopted,
            long repeated,
            Map<RejectCause, Long> rejections,
            Map<ReleaseCause, Long> releases) {}

    /**
     * How full the pool was. Means are over time, in thousandths, so that they add up; peaks of a
     * group are the sum of its servers' and may lie at different times.
     *
     * @param slots at the window's last status
     * @param places sessions that the slots which are not set aside may carry, at the same time
     * @param inUse slots that carry sessions, set aside or not
     */
    public record Occupancy(
            long slots,
            long places,
            Gauge sessions,
            Gauge inUse,
            Gauge resting,
            Gauge free,
            Gauge setAside) {}

    /**
     * A level over the covered time of the window.
     *
     * @param meanThousandths time mean x 1,000; 0 when nothing is covered
     * @param peak the highest that lasted a millisecond or longer
     */
    public record Gauge(long meanThousandths, long peak) {

        Gauge plus(Gauge other) {
            return new Gauge(meanThousandths + other.meanThousandths, peak + other.peak);
        }
    }

    /**
     * Times, as a histogram with a relative error.
     *
     * @param sumMillis exact
     */
    public record Distribution(long count, long sumMillis, Histogram histogram) {

        /** All the times of both. */
        public Distribution plus(Distribution other) {
            return new Distribution(
                    count + other.count,
                    sumMillis + other.sumMillis,
                    histogram.merge(other.histogram));
        }
    }

    /**
     * Reuse gaps; only completed ones, so that a slot which nobody got is not among them.
     *
     * @param under1Minute how many are below a minute, exactly
     */
    public record GapDistribution(
            Distribution times, long under1Minute, long under5Minutes, long under60Minutes) {

        /** All the gaps of both. */
        public GapDistribution plus(GapDistribution other) {
            return new GapDistribution(
                    times.plus(other.times),
                    under1Minute + other.under1Minute,
                    under5Minutes + other.under5Minutes,
                    under60Minutes + other.under60Minutes);
        }
    }

    /**
     * How often each slot was granted anew, g of a slot.
     *
     * @param grants sum of g
     * @param distinct slots with a g above 0
     * @param most the largest g
     * @param sumSquares sum of g^2
     * @param sumGLogG sum of g log2 g, in 2^-20
     */
    public record SlotUse(long grants, long distinct, long most, long sumSquares, long sumGLogG) {}

    /**
     * Sessions that share an address, over time.
     *
     * @param sessionMillis sum of sessions x milliseconds
     * @param aloneMillis of them, those of sessions that had their address alone
     * @param crowdMillis sum of squared slot loads x milliseconds; over sessionMillis it is the
     *     crowd that a session sees in the mean, itself counted
     */
    public record Crowd(long sessionMillis, long aloneMillis, long crowdMillis) {}
}
