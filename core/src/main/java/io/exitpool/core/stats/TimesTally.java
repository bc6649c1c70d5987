package io.exitpool.core.stats;

import io.exitpool.core.stats.WindowStats.Distribution;
import io.exitpool.core.stats.WindowStats.GapDistribution;
import java.util.Arrays;
import java.util.Optional;

/** The times of a window that is still open. Counts without allocating once its buckets are met. */
public final class TimesTally {
    private static final long MINUTE = 60_000;

    private final Buckets holds = new Buckets();
    private final Buckets gaps = new Buckets();
    private final Buckets lags = new Buckets();
    private long under1;
    private long under5;
    private long under60;

    /** A session that ended had its slot for so long, in milliseconds. */
    public void addHold(long millis) {
        holds.add(millis);
    }

    /** A slot was granted that had been empty for so long, in milliseconds. */
    public void addGap(long millis) {
        gaps.add(millis);
        under1 += millis < MINUTE ? 1 : 0;
        under5 += millis < 5 * MINUTE ? 1 : 0;
        under60 += millis < 60 * MINUTE ? 1 : 0;
    }

    /** An event had waited for so long to be decided, in milliseconds. */
    public void addLag(long millis) {
        lags.add(millis);
    }

    /** What was counted. */
    public Times times() {
        return new Times(
                holds.distribution(),
                gaps.distribution()
                        .map(times -> new GapDistribution(times, under1, under5, under60)),
                lags.distribution());
    }

    /** Begins anew with these times. */
    public void restore(Times times) {
        holds.restore(times.holds());
        gaps.restore(times.gaps().map(GapDistribution::times));
        lags.restore(times.lags());
        under1 = times.gaps().map(GapDistribution::under1Minute).orElse(0L);
        under5 = times.gaps().map(GapDistribution::under5Minutes).orElse(0L);
        under60 = times.gaps().map(GapDistribution::under60Minutes).orElse(0L);
    }

    /** A histogram that grows. */
    private static final class Buckets {
        private int[] indexes = new int[16];
        private long[] counts = new long[16];
        private int size;
        private long sum;

        void add(long millis) {
            int at = find(Histogram.indexOf(millis));
            counts[at]++;
            sum += millis;
        }

        /** Where the bucket is; it is there from now on. */
        private int find(int index) {
            int at = Arrays.binarySearch(indexes, 0, size, index);
            if (at >= 0) {
                return at;
            }
            at = -at - 1;
            if (size == indexes.length) {
                indexes = Arrays.copyOf(indexes, 2 * size);
                counts = Arrays.copyOf(counts, 2 * size);
            }
            System.arraycopy(indexes, at, indexes, at + 1, size - at);
            System.arraycopy(counts, at, counts, at + 1, size - at);
            indexes[at] = index;
            counts[at] = 0;
            size++;
            return at;
        }

        Optional<Distribution> distribution() {
            if (size == 0) {
                return Optional.empty();
            }
            Histogram histogram =
                    Histogram.of(Arrays.copyOf(indexes, size), Arrays.copyOf(counts, size));
            return Optional.of(new Distribution(histogram.total(), sum, histogram));
        }

        void restore(Optional<Distribution> times) {
            size = 0;
            sum = 0;
            if (times.isPresent()) {
                Histogram histogram = times.get().histogram();
                for (int n = 0; n < histogram.size(); n++) {
                    // Finding may replace the array.
                    int at = find(histogram.indexAt(n));
                    counts[at] = histogram.countAt(n);
                }
                sum = times.get().sumMillis();
            }
        }
    }
}
