package io.exitpool.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErlangBTest {

    /** The published table: erlangs at 0.1 %, 1 % and 5 % blocking. */
    @ParameterizedTest
    @CsvSource({
        "8, 2.05, 3.13, 4.54",
        "11, 3.65, 5.16, 7.08",
        "13, 4.83, 6.61, 8.83",
        "30, 16.7, 20.3, 24.8",
        "31, 17.4, 21.2, 25.8",
        "59, 40.0, 46.0, 53.6",
        "60, 40.8, 47.0, 54.6",
        "66, 45.8, 52.4, 60.6",
        "91, 67.4, 75.6, 86.0",
        "200, 165.6, 179.7, 198.5"
    })
    void shouldMeetThePublishedTable(int places, double tenth, double one, double five) {
        assertThat(ErlangB.load(places, 0.001)).isCloseTo(tenth, within(0.051));
        assertThat(ErlangB.load(places, 0.01)).isCloseTo(one, within(0.051));
        assertThat(ErlangB.load(places, 0.05)).isCloseTo(five, within(0.051));
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 0.5", "2, 1, 0.2", "2, 2, 0.4", "0, 3, 1"})
    void shouldMeetTheFormulaByHand(int places, double erlangs, double blocking) {
        assertThat(ErlangB.blocking(erlangs, places)).isCloseTo(blocking, within(1e-15));
    }

    @ParameterizedTest
    @CsvSource({"30, 22", "200, 165.6", "2000, 1900", "65536, 65000", "65536, 60000"})
    void shouldNotNoticeWhereTheRecursionStarts(int places, double erlangs) {
        // given: the recursion from 0
        double inverse = 1;
        for (int k = 1; k <= places; k++) {
            inverse = 1 + k / erlangs * inverse;
        }

        // then
        assertThat(ErlangB.blocking(erlangs, places))
                .isCloseTo(1 / inverse, within(1e-12 / inverse));
    }

    @Test
    void shouldLoseNothingWithoutLoadAndAllWithoutPlaces() {
        assertThat(ErlangB.blocking(0, 5)).isZero();
        assertThat(ErlangB.blocking(0, 0)).isOne();
        assertThat(ErlangB.blocking(5, 0)).isOne();
        assertThat(ErlangB.load(0, 0.01)).isZero();
    }

    @Test
    void shouldRefuseWhatHasNoAnswer() {
        assertThatThrownBy(() -> ErlangB.load(5, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ErlangB.load(5, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ErlangB.blocking(-1, 5))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ErlangB.blocking(Double.NaN, 5))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Timeout(5)
    void shouldAnswerForTheLargestPoolAtOnce() {
        // given
        long places = 65_536L * 1_024;
        long start = System.nanoTime();

        // when
        double load = ErlangB.load(places, 0.001);

        // then: the larger the pool, the closer to its full use
        assertThat(load).isBetween(0.999 * places, 1.001 * places);
        assertThat(ErlangB.blocking(load, places)).isCloseTo(0.001, within(1e-9));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }

    /** The table read the other way: at its loads no place can be spared. */
    @ParameterizedTest
    @CsvSource({"2.05, 0.001, 8", "16.6, 0.001, 30", "47.0, 0.01, 61", "46.9, 0.01, 60"})
    void shouldNameTheFewestPlaces(double erlangs, double target, long places) {
        assertThat(ErlangB.places(erlangs, target)).isEqualTo(places);
    }

    @ParameterizedTest
    @CsvSource({"0.01", "1", "35", "173", "1000", "65000", "1000000"})
    @Timeout(5)
    void shouldMeetTheTargetWithNoPlaceToSpare(double erlangs) {
        for (double target : new double[] {1e-6, 0.001, 0.05, 0.5, 0.95}) {
            long places = ErlangB.places(erlangs, target);
            assertThat(ErlangB.blocking(erlangs, places)).isLessThanOrEqualTo(target);
            assertThat(ErlangB.blocking(erlangs, places - 1)).isGreaterThan(target);
        }
    }

    @Test
    void shouldNeedAPlaceWithoutLoad() {
        assertThat(ErlangB.places(0, 0.001)).isOne();
        assertThatThrownBy(() -> ErlangB.places(1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ErlangB.places(-1, 0.1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
