package io.exitpool.core.stats;

/**
 * Erlang's loss formula: the share of arrivals that find all of {@code n} places taken when the
 * offered load is {@code a} erlangs (arrivals per time x the time that each keeps its place). It
 * holds for Poisson arrivals and any distribution of the times.
 */
public final class ErlangB {

    /**
     * The recursion starts so many standard deviations below the load. What came before is
     * multiplied by less than e^-72 on the way up to it, far below a double's precision.
     */
    private static final double START_BELOW = 12;

    private static final int BISECTIONS = 60;

    private ErlangB() {}

    /**
     * The share of arrivals that are lost, 0 to 1. Computed from its inverse, {@code I(k) = 1 + k/a
     * I(k-1)}, {@code I(0) = 1}, in which nothing cancels and nothing underflows.
     */
    public static double blocking(double erlangs, long places) {
        if (!(erlangs >= 0) || places < 0) {
            throw new IllegalArgumentException(
                    "neither load nor places are below 0: " + erlangs + ", " + places);
        }
        if (erlangs == 0) {
            return places == 0 ? 1 : 0;
        }
        double wanted = Math.floor(erlangs - START_BELOW * Math.sqrt(erlangs));
        long start = (long) Math.max(0, Math.min(wanted, places));
        // Far below the load nearly all is lost: I(k) is close to 1 / (1 - k/a).
        double inverse = 1 / (1 - start / erlangs);
        for (long k = start + 1; k <= places && inverse < Double.MAX_VALUE; k++) {
            inverse = 1 + k / erlangs * inverse;
        }
        return 1 / inverse;
    }

    /**
     * The largest load in erlangs of which no more than the target share is lost.
     *
     * @param target above 0 and below 1
     */
    public static double load(long places, double target) {
        requireShare(target);
        double low = 0;
        // What is carried, a (1 - target), is at most one erlang a place.
        double high = places / (1 - target);
        for (int i = 0; i < BISECTIONS; i++) {
            double middle = (low + high) / 2;
            if (blocking(middle, places) <= target) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /**
     * The fewest places at which no more than the target share of the load is lost.
     *
     * @param target above 0 and below 1
     */
    public static long places(double erlangs, double target) {
        requireShare(target);
        if (erlangs == 0) {
            return 1;
        }
        // What is lost falls with every place: too few, enough, and the border between them.
        long few = 0;
        long enough = Math.max(1, (long) Math.ceil(erlangs));
        while (blocking(erlangs, enough) > target) {
            few = enough;
            enough *= 2;
        }
        while (enough - few > 1) {
            long middle = (few + enough) >>> 1;
            if (blocking(erlangs, middle) > target) {
                few = middle;
            } else {
                enough = middle;
            }
        }
        return enough;
    }

    private static void requireShare(double target) {
        if (!(target > 0 && target < 1)) {
            throw new IllegalArgumentException("the target is above 0 and below 1, not " + target);
        }
    }
}
