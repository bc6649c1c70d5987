package io.exitpool.core.stats;

import java.util.Arrays;

/**
 * Times in milliseconds as counts in buckets that grow with the time: one millisecond wide below
 * 64, above that a 32nd to a 64th of the time. The buckets are the same for all, so that histograms
 * merge by addition, in any order, to what one histogram of all the times would be. Only buckets
 * that are not empty take space. A value: nothing changes it.
 */
public final class Histogram {
    /** Buckets of a power of two. */
    private static final int STEPS = 32;

    private static final int STEP_BITS = 5;

    /** The bucket of the longest time that a long can tell. */
    static final int LAST = indexOf(Long.MAX_VALUE);

    public static final Histogram EMPTY = new Histogram(new int[0], new long[0]);

    private final int[] indexes;
    private final long[] counts;
    private final long total;

    private Histogram(int[] indexes, long[] counts) {
        this.indexes = indexes;
        this.counts = counts;
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        total = sum;
    }

    /** Of ascending indexes and, for each, a count above 0. */
    public static Histogram of(int[] indexes, long[] counts) {
        if (indexes.length != counts.length) {
            throw new IllegalArgumentException("not as many counts as indexes");
        }
        for (int i = 0; i < indexes.length; i++) {
            int above = i == 0 ? -1 : indexes[i - 1];
            if (indexes[i] <= above || indexes[i] > LAST || counts[i] <= 0) {
                throw new IllegalArgumentException(
                        "not a bucket: index %d after %d, count %d"
                                .formatted(indexes[i], above, counts[i]));
            }
        }
        return new Histogram(indexes.clone(), counts.clone());
    }

    /** The bucket of a time that is not below 0. */
    public static int indexOf(long millis) {
        if (millis < 0) {
            throw new IllegalArgumentException("a time below 0: " + millis);
        }
        if (millis < STEPS) {
            return (int) millis;
        }
        int exponent = Long.SIZE - 1 - STEP_BITS - Long.numberOfLeadingZeros(millis);
        return STEPS * exponent + (int) (millis >>> exponent);
    }

    /** The shortest time of the bucket. */
    public static long least(int index) {
        return index < STEPS ? index : (long) (STEPS + index % STEPS) << exponent(index);
    }

    /**
     * The middle of the bucket, which stands for all its times: no further from any of them than a
     * 64th of it.
     */
    public static long middle(int index) {
        return index < STEPS ? index : least(index) + (1L << exponent(index)) / 2;
    }

    private static int exponent(int index) {
        return index / STEPS - 1;
    }

    /** How many times. */
    public long total() {
        return total;
    }

    /** How many buckets are not empty. */
    public int size() {
        return indexes.length;
    }

    /** Index of the nth bucket that is not empty. */
    public int indexAt(int n) {
        return indexes[n];
    }

    /** How many times are in the nth bucket that is not empty. */
    public long countAt(int n) {
        return counts[n];
    }

    /** All the times of both. */
    public Histogram merge(Histogram other) {
        int[] index = new int[indexes.length + other.indexes.length];
        long[] count = new long[index.length];
        int size = 0;
        int mine = 0;
        int its = 0;
        while (mine < indexes.length || its < other.indexes.length) {
            int myIndex = mine < indexes.length ? indexes[mine] : Integer.MAX_VALUE;
            int itsIndex = its < other.indexes.length ? other.indexes[its] : Integer.MAX_VALUE;
            index[size] = Math.min(myIndex, itsIndex);
            count[size] += myIndex <= itsIndex ? counts[mine++] : 0;
            count[size] += itsIndex <= myIndex ? other.counts[its++] : 0;
            size++;
        }
        return new Histogram(Arrays.copyOf(index, size), Arrays.copyOf(count, size));
    }

    /**
     * The time that the share is not above, by nearest rank: that of the ceil(percent/100 x
     * total)th time in order, told as the middle of its bucket. It is therefore within a 64th of
     * the exact one, and may lie that much outside the shortest and longest time.
     *
     * @param percent 1 to 100
     */
    public long percentile(int percent) {
        if (percent < 1 || percent > 100 || total == 0) {
            throw new IllegalArgumentException(percent + " % of " + total + " times");
        }
        long rank = (total * percent + 99) / 100;
        int n = 0;
        for (long upTo = counts[0]; upTo < rank; upTo += counts[n]) {
            n++;
        }
        return middle(indexes[n]);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Histogram its
                && Arrays.equals(indexes, its.indexes)
                && Arrays.equals(counts, its.counts);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(indexes) + Arrays.hashCode(counts);
    }

    @Override
    public String toString() {
        return Arrays.toString(indexes) + " x " + Arrays.toString(counts);
    }
}
