package io.exitpool.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class MedianTest {

    @Test
    void shouldBeTheMiddleInWhateverOrder() {
        assertThat(Median.of(3, 1, 2)).isEqualTo(2);
    }

    @Test
    void shouldBeTheMeanOfTheTwoInTheMiddle() {
        assertThat(Median.of(List.of(4, 1, 3, 2))).isEqualTo(2.5);
    }

    @Test
    void shouldNotBeOfNothing() {
        assertThatThrownBy(Median::of).isInstanceOf(IllegalArgumentException.class);
    }
}
