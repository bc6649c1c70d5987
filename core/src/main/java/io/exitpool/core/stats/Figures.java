package io.exitpool.core.stats;

import io.exitpool.core.decision.ReleaseCause;
import io.exitpool.core.stats.WindowStats.Crowd;
import io.exitpool.core.stats.WindowStats.SlotUse;
import io.exitpool.core.stats.WindowStats.Traffic;
import java.util.OptionalDouble;

/**
 * What dashboards show of a window and what follows from its whole numbers. Ratios do not add up,
 * so none is kept: each is computed from sums where it is written. An empty one means that its
 * denominator is nothing, or too little to tell of.
 */
public final class Figures {
    private static final double HOUR_MILLIS = 3_600_000;
    private static final double LOG_UNIT = 1 << 20;

    private Figures() {}

    /** exhaustedFirst / starts; none without starts. */
    public static OptionalDouble rejectRatio(WindowStats stats) {
        return ratio(stats.traffic().exhaustedFirst(), stats.traffic().starts());
    }

    /** Releases, but for leases passed on, per slot and hour of the window; none without slots. */
    public static OptionalDouble turnoverPerHour(WindowStats stats) {
        double slotHours = stats.occupancy().slots() * hours(stats);
        return ratio(ends(stats.traffic()), slotHours);
    }

    /**
     * (new leases + releases, but for leases passed on) / 2 per mean session and hour of the
     * window: one over the mean hold, where arrivals and ends balance. None without sessions.
     */
    public static OptionalDouble sessionChurnPerHour(WindowStats stats) {
        double sessions = stats.occupancy().sessions().meanThousandths() / 1_000.0;
        return ratio(
                (grants(stats.traffic()) + ends(stats.traffic())) / 2.0, sessions * hours(stats));
    }

    /** Slots granted at least once / slots; none without slots, or for fewer than k grants. */
    public static OptionalDouble coverage(WindowStats stats, int k) {
        return enough(stats, k)
                ? ratio(stats.slotUse().distinct(), stats.occupancy().slots())
                : OptionalDouble.empty();
    }

    /** Largest share of the grants that one slot got; none for fewer than k grants. */
    public static OptionalDouble maxShare(WindowStats stats, int k) {
        SlotUse use = stats.slotUse();
        return enough(stats, k) ? ratio(use.most(), use.grants()) : OptionalDouble.empty();
    }

    /**
     * Shannon entropy of the slots' shares g/G of the grants, {@code H = log2 G - (sum of g log2 g)
     * / G} bits; none for fewer than k grants.
     */
    public static OptionalDouble entropyBits(WindowStats stats, int k) {
        SlotUse use = stats.slotUse();
        if (!enough(stats, k)) {
            return OptionalDouble.empty();
        }
        double bits = log2(use.grants()) - use.sumGLogG() / LOG_UNIT / use.grants();
        // A single slot's rounding must not make less than nothing of it.
        return OptionalDouble.of(Math.max(0, bits));
    }

    /**
     * H / log2(slots): 1 when every slot is granted alike. None for a single slot, or for fewer
     * than k grants. Of a group the slots of all its servers count.
     */
    public static OptionalDouble evenness(WindowStats stats, int k) {
        long slots = stats.occupancy().slots();
        OptionalDouble bits = entropyBits(stats, k);
        return slots > 1 && bits.isPresent()
                ? OptionalDouble.of(bits.getAsDouble() / log2(slots))
                : OptionalDouble.empty();
    }

    /** G^2 / sum of g^2: as many slots, granted alike, would be as even; none below k grants. */
    public static OptionalDouble effectiveSlots(WindowStats stats, int k) {
        SlotUse use = stats.slotUse();
        return enough(stats, k)
                ? ratio((double) use.grants() * use.grants(), use.sumSquares())
                : OptionalDouble.empty();
    }

    /** crowdMillis / sessionMillis: sessions on an address as a session sees it, itself counted. */
    public static OptionalDouble perAddress(Crowd crowd) {
        return ratio(crowd.crowdMillis(), crowd.sessionMillis());
    }

    /** aloneMillis / sessionMillis: share of the session-time alone on an address. */
    public static OptionalDouble aloneShare(Crowd crowd) {
        return ratio(crowd.aloneMillis(), crowd.sessionMillis());
    }

    private static boolean enough(WindowStats stats, int k) {
        return stats.slotUse().grants() >= k;
    }

    private static long grants(Traffic traffic) {
        return sum(traffic.grants().values());
    }

    private static long ends(Traffic traffic) {
        return sum(traffic.releases().values())
                - traffic.releases().getOrDefault(ReleaseCause.PASSED_ON, 0L);
    }

    private static long sum(Iterable<Long> counts) {
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        return sum;
    }

    private static double hours(WindowStats stats) {
        return stats.window().length() / HOUR_MILLIS;
    }

    /** The strict logarithm, so that every machine writes the same bits. */
    private static double log2(long x) {
        return StrictMath.log(x) / StrictMath.log(2);
    }

    private static OptionalDouble ratio(double part, double whole) {
        return whole > 0 ? OptionalDouble.of(part / whole) : OptionalDouble.empty();
    }
}
