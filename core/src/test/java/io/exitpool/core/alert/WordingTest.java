package io.exitpool.core.alert;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordingTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "0, 0 %",
        "0.00025, 0.025 %",
        "0.001, 0.1 %",
        "0.0096, 1 %",
        "0.025, 2.5 %",
        "0.05, 5 %",
        "0.1, 10 %",
        "0.304, 30 %",
        "1, 100 %"
    })
    void shouldWriteSharesAsPeopleDo(double share, String percent) {
        assertThat(Wording.percent(share)).isEqualTo(percent);
    }
}
