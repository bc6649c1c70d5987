package io.exitpool.demo.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PerMinuteTest {

    private static final long START = 1_795_000_000_000L;

    @Test
    void shouldCountTheLastSixtySeconds() {
        // given
        PerMinute perMinute = new PerMinute();

        // when
        perMinute.count(START);
        perMinute.count(START + 500);
        perMinute.count(START + 30_000);

        // then
        assertThat(perMinute.total(START + 59_999)).isEqualTo(3);
        assertThat(perMinute.total(START + 60_000)).isEqualTo(1);
        assertThat(perMinute.total(START + 90_000)).isZero();
    }

    @Test
    void shouldStartAnewAfterALongSilence() {
        // given
        PerMinute perMinute = new PerMinute();
        perMinute.count(START);

        // when
        perMinute.count(START + 3_600_000);

        // then
        assertThat(perMinute.total(START + 3_600_000)).isEqualTo(1);
    }
}
