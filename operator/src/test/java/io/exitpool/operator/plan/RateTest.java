package io.exitpool.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateTest {

    @ParameterizedTest
    @CsvSource({
        "12/min, 12",
        "0.2/s, 12",
        "720/h, 12",
        "17280/d, 12",
        "12 / min, 12",
        "12/MIN, 12",
        "0.5/min, 0.5"
    })
    void shouldReadRates(String written, double perMinute) {
        assertThat(Rate.parse(written).perMinute()).isCloseTo(perMinute, within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "12", "12/", "/min", "-12/min", "12/m", "12/week", "a/min", "1e3/min"})
    void shouldRefuseWhatIsNoRate(String written) {
        assertThatThrownBy(() -> Rate.parse(written))
                .hasMessage(
                        "'"
                                + written
                                + "' is not a rate such as 12/min; the unit is s, min, h or d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0/min", "0.00/s"})
    void shouldRefuseARateThatIsNoLoad(String written) {
        assertThatThrownBy(() -> Rate.parse(written))
                .hasMessage("'" + written + "' is no load: give a rate above 0");
    }
}
