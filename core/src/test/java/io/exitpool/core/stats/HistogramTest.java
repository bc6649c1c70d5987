package io.exitpool.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.exitpool.core.Seed;
import io.exitpool.core.stats.WindowStats.Distribution;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistogramTest {
    private final SplittableRandom random = new SplittableRandom(Seed.givenOr(64));

    /** Times of every order of magnitude up to a month. */
    private long[] times(int n) {
        return LongStream.generate(
                        () -> Math.round(Math.exp(random.nextDouble() * Math.log(3e9))) - 1)
                .limit(n)
                .toArray();
    }

    private static Histogram of(long... times) {
        TimesTally tally = new TimesTally();
        for (long time : times) {
            tally.addHold(time);
        }
        return tally.times().holds().map(Distribution::histogram).orElse(Histogram.EMPTY);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0",
        "31, 31, 31",
        "32, 32, 32",
        "63, 63, 63",
        "64, 64, 65",
        "65, 64, 65",
        "66, 65, 67",
        "127, 95, 127",
        "128, 96, 130",
        "60000, 378, 59904",
        "9223372036854775807, 1887, 9151314442816847872",
    })
    void shouldPutTimesIntoTheirBuckets(long time, int index, long middle) {
        assertThat(Histogram.indexOf(time)).isEqualTo(index);
        assertThat(Histogram.middle(index)).isEqualTo(middle);
    }

    @Test
    void shouldLeaveNoGapBetweenBuckets() {
        for (int index = 0; index < Histogram.LAST; index++) {
            long next = Histogram.least(index + 1);
            assertThat(Histogram.indexOf(Histogram.least(index))).isEqualTo(index);
            assertThat(Histogram.indexOf(next - 1)).isEqualTo(index);
            assertThat(Histogram.indexOf(next)).isEqualTo(index + 1);
        }
    }

    @Test
    void shouldFindPercentilesWithinASixtyFourth() {
        for (int n : new int[] {1, 2, 10, 99, 100, 101, 5_000}) {
            long[] times = times(n);
            Histogram histogram = of(times);
            Arrays.sort(times);
            for (int percent = 1; percent <= 100; percent++) {
                long exact = times[(int) Math.ceil(n * percent / 100.0 - 1e-9) - 1];
                assertThat(Math.abs(histogram.percentile(percent) - exact))
                        .as("%s %% of %s", percent, n)
                        .isLessThanOrEqualTo(exact / 64);
            }
        }
    }

    @Test
    void shouldMergeToWhatOneOfAllTimesWouldBe() {
        for (int run = 0; run < 50; run++) {
            long[] a = times(random.nextInt(30));
            long[] b = times(random.nextInt(300));
            long[] c = times(random.nextInt(3_000));
            long[] all =
                    LongStream.concat(
                                    Arrays.stream(a),
                                    LongStream.concat(Arrays.stream(b), Arrays.stream(c)))
                            .toArray();

            // then in any order and any grouping
            assertThat(of(a).merge(of(b)).merge(of(c))).isEqualTo(of(all));
            assertThat(of(a).merge(of(b).merge(of(c)))).isEqualTo(of(all));
            assertThat(of(c).merge(of(b)).merge(of(a))).isEqualTo(of(all));
            assertThat(of(all).total()).isEqualTo(all.length);
        }
        assertThat(Histogram.EMPTY.merge(Histogram.EMPTY)).isEqualTo(Histogram.EMPTY);
    }

    @Test
    void shouldBeMadeAgainOfItsBuckets() {
        // given
        Histogram histogram = of(times(1_000));

        // when
        int[] indexes = new int[histogram.size()];
        long[] counts = new long[histogram.size()];
        for (int n = 0; n < indexes.length; n++) {
            indexes[n] = histogram.indexAt(n);
            counts[n] = histogram.countAt(n);
        }

        // then
        assertThat(Histogram.of(indexes, counts)).isEqualTo(histogram).hasSameHashCodeAs(histogram);
        assertThat(histogram.total()).isEqualTo(1_000);
        TimesTally tally = new TimesTally();
        Times times = tally.times();
        tally.addGap(59_999);
        tally.addGap(60_000);
        tally.addLag(5);
        Times some = tally.times();
        tally.restore(times);
        assertThat(tally.times()).isEqualTo(Times.NONE);
        tally.restore(some);
        tally.addGap(400_000);
        assertThat(tally.times().gaps().orElseThrow().under1Minute()).isOne();
        assertThat(tally.times().gaps().orElseThrow().under5Minutes()).isEqualTo(2);
        assertThat(tally.times().gaps().orElseThrow().under60Minutes()).isEqualTo(3);
        assertThat(tally.times().gaps().orElseThrow().times().sumMillis()).isEqualTo(519_999);
    }

    @Test
    void shouldRefuseWhatIsNoHistogram() {
        assertThatThrownBy(() -> Histogram.of(new int[] {1}, new long[0]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Histogram.of(new int[] {2, 2}, new long[] {1, 1}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Histogram.of(new int[] {-1}, new long[] {1}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Histogram.of(new int[] {1}, new long[] {0}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Histogram.of(new int[] {1_888}, new long[] {1}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Histogram.indexOf(-1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Histogram.EMPTY.percentile(50))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
