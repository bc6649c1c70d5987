package io.exitpool.bench.report;

import java.util.Arrays;
import java.util.Collection;

/** The middle of a few measurements; of an even number, the mean of the two in the middle. */
public final class Median {

    private Median() {}

    /**
     * @throws IllegalArgumentException of nothing
     */
    public static double of(Collection<? extends Number> values) {
        return of(values.stream().mapToDouble(Number::doubleValue).toArray());
    }

    /**
     * @throws IllegalArgumentException of nothing
     */
    public static double of(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("nothing has no median");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
