package io.exitpool.operator.pools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantitiesTest {

    @ParameterizedTest
    @CsvSource({
        "10m, 600000",
        "90s, 90000",
        "1h30m, 5400000",
        "250ms, 250",
        "1d, 86400000",
        "0, 0",
        "0s, 0",
        "1m1ms, 60001"
    })
    void shouldReadDurations(String written, long millis) {
        assertThat(Quantities.duration(written)).hasMillis(millis);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "10", "-5m", "10 m", "1.5h", "5m1h", "ten", "99999999999999999999s"})
    void shouldRefuseWhatIsNoDuration(String written) {
        assertThatThrownBy(() -> Quantities.duration(written))
                .hasMessage("'" + written + "' is not a duration such as 90s, 10m or 1h30m");
    }

    @ParameterizedTest
    @CsvSource({"0.1%, 0.001", "0.001, 0.001", "100%, 1.0", "1, 1.0", "12.5 %, 0.125", "-1, -1"})
    void shouldReadShares(String written, double share) {
        assertThat(Quantities.share(written)).isEqualTo(share);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "%", "NaN", "a lot", "1/2"})
    void shouldRefuseWhatIsNoShare(String written) {
        assertThatThrownBy(() -> Quantities.share(written))
                .hasMessage("'" + written + "' is not a share such as 0.1% or 0.001");
    }

    @Test
    void shouldReadBackWhatItWrote() {
        Random random = new Random(Seed.of(QuantitiesTest.class));
        for (int i = 0; i < 10_000; i++) {
            // given
            Duration duration = Duration.ofMillis(random.nextLong(200_000_000));
            double share = random.nextDouble();

            // then
            assertThat(Quantities.duration(Quantities.text(duration))).isEqualTo(duration);
            assertThat(Quantities.share(Quantities.percent(share))).isEqualTo(share);
        }
    }
}
