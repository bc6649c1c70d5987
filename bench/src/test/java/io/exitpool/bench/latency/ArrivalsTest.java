package io.exitpool.bench.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ArrivalsTest {

    private static final int MANY = 100_000;

    @Test
    void shouldKeepTheRate() {
        // given
        Arrivals arrivals = new Arrivals(1_000, 7);

        // when
        long last = times(arrivals)[MANY - 1];

        // then: 100,000 events at 1,000/s take 100 s; one standard deviation is 0.32 %
        assertThat(last / 1e9).isCloseTo(100, within(1.5));
    }

    @Test
    void shouldComeIndependentlyOfEachOther() {
        // given
        long[] times = times(new Arrivals(1_000, 7));

        // when: gaps above the mean of 1 ms
        long longGaps =
                LongStream.range(1, MANY)
                        .filter(i -> times[(int) i] - times[(int) i - 1] > 1_000_000)
                        .count();

        // then: 1/e of exponential gaps
        assertThat((double) longGaps / MANY).isCloseTo(1 / Math.E, within(0.01));
        assertThat(times).isSorted();
    }

    @Test
    void shouldComeAtTheSameTimesForTheSameSeed() {
        assertThat(times(new Arrivals(20_000, 7))).isEqualTo(times(new Arrivals(20_000, 7)));
        assertThat(times(new Arrivals(20_000, 7))).isNotEqualTo(times(new Arrivals(20_000, 8)));
    }

    @Test
    void shouldRefuseARateOfNothing() {
        assertThatThrownBy(() -> new Arrivals(0, 7)).isInstanceOf(IllegalArgumentException.class);
    }

    private static long[] times(Arrivals arrivals) {
        return LongStream.generate(arrivals::nextNanos).limit(MANY).toArray();
    }
}
