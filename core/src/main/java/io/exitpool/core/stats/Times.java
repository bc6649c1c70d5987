package io.exitpool.core.stats;

import io.exitpool.core.stats.WindowStats.Distribution;
import io.exitpool.core.stats.WindowStats.GapDistribution;
import java.util.Optional;
import java.util.function.BinaryOperator;

/**
 * The times of sessions, as far as there are any: what may be published of a window, or what has to
 * wait because it is of too few.
 *
 * @param holds how long sessions that ended had their slot
 * @param gaps how long slots had been empty when they were granted
 * @param lags how long events waited to be decided
 */
public record Times(
        Optional<Distribution> holds, Optional<GapDistribution> gaps, Optional<Distribution> lags) {
    public static final Times NONE =
            new Times(Optional.empty(), Optional.empty(), Optional.empty());

    /** All the times of both. */
    public Times plus(Times other) {
        return new Times(
                both(holds, other.holds, Distribution::plus),
                both(gaps, other.gaps, GapDistribution::plus),
                both(lags, other.lags, Distribution::plus));
    }

    /** Those kinds of which there are k or more. */
    public Times ofAtLeast(int k) {
        return new Times(
                holds.filter(times -> times.count() >= k),
                gaps.filter(gap -> gap.times().count() >= k),
                lags.filter(times -> times.count() >= k));
    }

    /** Those kinds of which there are fewer than k. */
    public Times ofFewerThan(int k) {
        return new Times(
                holds.filter(times -> times.count() < k),
                gaps.filter(gap -> gap.times().count() < k),
                lags.filter(times -> times.count() < k));
    }

    private static <T> Optional<T> both(Optional<T> one, Optional<T> other, BinaryOperator<T> sum) {
        return one.isEmpty() || other.isEmpty()
                ? one.or(() -> other)
                : Optional.of(sum.apply(one.get(), other.get()));
    }
}
