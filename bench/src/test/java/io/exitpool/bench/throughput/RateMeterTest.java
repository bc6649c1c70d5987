package io.exitpool.bench.throughput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateMeterTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long BEGIN = 100 * SECOND;

    private final RateMeter meter =
            new RateMeter(Duration.ofSeconds(2), 1_000, Duration.ofSeconds(10), 10_000);

    @Test
    void shouldMeasureFromTheEndOfTheWarmUpUntilEnoughIsCounted() {
        // given a warm-up that begins with the first count, and ends between two readings
        assertThat(meter.read(BEGIN - SECOND, 0)).isEmpty();
        assertThat(meter.read(BEGIN, 1)).isEmpty();
        assertThat(meter.read(BEGIN + SECOND, 400)).isEmpty();
        assertThat(meter.measuring()).isFalse();
        assertThat(meter.read(BEGIN + 3 * SECOND, 800)).isEmpty();
        assertThat(meter.measuring()).isTrue();

        // when 600 were counted at its end, so that 1,600 are enough
        Rate rate = meter.read(BEGIN + 5 * SECOND, 2_400).orElseThrow();

        // then they were reached at 4 s
        assertThat(rate).isEqualTo(new Rate(1_000, 2));
        assertThat(rate.perSecond()).isEqualTo(500);
    }

    @Test
    void shouldStopWhenTimeIsOver() {
        meter.read(BEGIN, 1);
        meter.read(BEGIN + 2 * SECOND, 100);
        meter.read(BEGIN + 10 * SECOND, 500);

        Rate rate = meter.read(BEGIN + 14 * SECOND, 900).orElseThrow();

        assertThat(rate).isEqualTo(new Rate(600, 10));
    }

    @Test
    void shouldMeasureTheRestWhenThereIsNoMore() {
        meter.read(BEGIN, 1);
        meter.read(BEGIN + 2 * SECOND, 9_200);

        Rate rate = meter.read(BEGIN + 4 * SECOND, 10_000).orElseThrow();

        assertThat(rate).isEqualTo(new Rate(800, 2));
    }

    @Test
    void shouldFailWhenTheWarmUpUsesUpWhatThereIs() {
        meter.read(BEGIN, 1);

        assertThatThrownBy(() -> meter.read(BEGIN + SECOND, 10_000))
                .isInstanceOf(NoResultException.class)
                .hasMessageContaining("--warm-up");
    }

    @Test
    void shouldFailWhenTheWarmUpLeavesTooLittle() {
        meter.read(BEGIN, 1);

        assertThatThrownBy(() -> meter.read(BEGIN + 2 * SECOND, 9_600))
                .isInstanceOf(NoResultException.class);
    }
}
