package io.exitpool.bench.throughput;

import java.time.Duration;
import java.util.Optional;

/**
 * Makes a rate of readings of a count that only grows, taken at any moments: from the end of a
 * warm-up, which begins with the first count above 0, until enough is counted, time is over, or
 * there is no more. Between two readings the count grows evenly.
 */
final class RateMeter {
    private static final double NANOS = 1e9;

    private final long warmUpNanos;
    private final double enough;
    private final long longestNanos;
    private final double all;

    private boolean begun;
    private boolean measuring;
    private long beginNanos;
    private long fromNanos;
    private double fromCount;
    private long lastNanos;
    private double lastCount;

    /**
     * @param enough how much to measure, beyond the warm-up
     * @param longest how long to measure at most
     * @param all there is
     */
    RateMeter(Duration warmUp, double enough, Duration longest, double all) {
        this.warmUpNanos = warmUp.toNanos();
        this.enough = enough;
        this.longestNanos = longest.toNanos();
        this.all = all;
    }

    /** Whether the warm-up is over. */
    boolean measuring() {
        return measuring;
    }

    /**
     * The count at a moment.
     *
     * @return the rate, once it can be told
     * @throws NoResultException if the warm-up leaves less than half of what is enough
     */
    Optional<Rate> read(long nanos, double count) {
        Optional<Rate> rate = Optional.empty();
        if (!begun && count > 0) {
            begun = true;
            beginNanos = nanos;
        }
        if (begun && !measuring) {
            warmUp(nanos, count);
        }
        if (measuring) {
            rate = measured(nanos, count);
        }
        lastNanos = nanos;
        lastCount = count;
        return rate;
    }

    private void warmUp(long nanos, double count) {
        long over = beginNanos + warmUpNanos;
        boolean passed = nanos >= over;
        // The very first reading has none before it.
        double here = nanos > over ? countAt(over, nanos, count) : count;
        if (here >= all || passed && all - here < enough / 2) {
            throw new NoResultException(
                    ("the events were used up within the warm-up, or nearly: shorten --warm-up from"
                                    + " %d s or raise --events")
                            .formatted(warmUpNanos / Math.round(NANOS)));
        }
        if (passed) {
            measuring = true;
            fromNanos = over;
            fromCount = here;
        }
    }

    private Optional<Rate> measured(long nanos, double count) {
        double goal = Math.min(fromCount + enough, all);
        long end = fromNanos + longestNanos;
        long reached = count >= goal ? nanosAt(goal, nanos, count) : Long.MAX_VALUE;
        if (reached <= end && reached > fromNanos) {
            return Optional.of(new Rate(goal - fromCount, (reached - fromNanos) / NANOS));
        }
        if (nanos >= end && end > fromNanos) {
            return Optional.of(
                    new Rate(countAt(end, nanos, count) - fromCount, longestNanos / NANOS));
        }
        return Optional.empty();
    }

    private double countAt(long when, long nanos, double count) {
        double share = (double) (when - lastNanos) / (nanos - lastNanos);
        return lastCount + share * (count - lastCount);
    }

    private long nanosAt(double goal, long nanos, double count) {
        double share = count > lastCount ? (goal - lastCount) / (count - lastCount) : 1;
        return lastNanos + Math.round(share * (nanos - lastNanos));
    }
}
