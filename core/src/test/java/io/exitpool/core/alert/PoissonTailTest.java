package io.exitpool.core.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.math3.special.Gamma;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoissonTailTest {
    @ParameterizedTest(name = "P(X >= {0}), mean {1}")
    @CsvSource({
        "1, 0.001",
        "3, 0.01",
        "5, 2",
        "20, 2",
        "31, 10",
        "32, 10",
        "100, 25",
        "150, 100",
        "1200, 1000",
        "70000, 65536"
    })
    void shouldBeTheIncompleteGammaFunction(long count, double mean) {
        double expected = Gamma.regularizedGammaP(count, mean);
        assertThat(PoissonTail.atLeast(count, mean) / expected).isCloseTo(1, within(1e-6));
    }

    @Test
    void shouldReachFarIntoTheTail() {
        assertThat(PoissonTail.atLeast(150, 1)).isPositive().isLessThan(1e-260);
        assertThat(PoissonTail.atLeast(10_000, 1)).isZero();
    }

    @Test
    void shouldFindNothingRareUpToTheMean() {
        assertThat(PoissonTail.atLeast(0, 0)).isEqualTo(1);
        assertThat(PoissonTail.atLeast(5, 5)).isEqualTo(1);
        assertThat(PoissonTail.atLeast(1, 0)).isZero();
    }

    @ParameterizedTest(name = "mean {0}, probability {1}")
    @CsvSource({"0.1, 1e-6", "2, 1e-6", "50, 1e-4", "50, 1e-8"})
    void shouldFindTheLeastRareCount(double mean, double probability) {
        long count = PoissonTail.rarerThan(probability, mean);
        assertThat(PoissonTail.atLeast(count, mean)).isLessThan(probability);
        assertThat(PoissonTail.atLeast(count - 1, mean)).isGreaterThanOrEqualTo(probability);
    }
}
