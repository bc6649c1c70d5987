package io.exitpool.bench.latency;

import java.util.SplittableRandom;

/**
 * When events are due: a Poisson process of a fixed rate, the same times for the same seed. Clients
 * of a fleet come independently of each other, so two events may be a millisecond apart or ten; at
 * even distances each event of a low rate would find the application idle, and the beat of the load
 * could lock with that of the commits.
 */
final class Arrivals {

    private static final double NANOS_PER_SECOND = 1e9;

    private final SplittableRandom random;
    private final double meanGapNanos;
    private double at;

    /** Events due so often, from 0 on. */
    Arrivals(double perSecond, long seed) {
        if (!(perSecond > 0)) {
            throw new IllegalArgumentException("perSecond is not above 0");
        }
        random = new SplittableRandom(seed);
        meanGapNanos = NANOS_PER_SECOND / perSecond;
    }

    /** When the next event is due, in nanoseconds from the beginning; never before the last one. */
    long nextNanos() {
        at += -Math.log1p(-random.nextDouble()) * meanGapNanos;
        return (long) at;
    }
}
