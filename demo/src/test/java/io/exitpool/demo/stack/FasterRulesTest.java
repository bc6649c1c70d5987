package io.exitpool.demo.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.streams.app.Rules;
import org.junit.jupiter.api.Test;

class FasterRulesTest {

    @Test
    void shouldMakeASecondOfAMinute() {
        // when
        Rules rules = FasterRules.of(60);

        // then
        assertThat(rules.stats().minuteMillis()).isEqualTo(1_000);
        assertThat(rules.stats().hourMillis()).isEqualTo(60_000);
        assertThat(rules.allocation().statusEveryMillis()).isEqualTo(1_000);
        assertThat(rules.alerts().exhausted().closeForMillis()).isEqualTo(5_000);
        assertThat(rules.desk().incidentMillis()).isEqualTo(60_000);
    }

    @Test
    void shouldBeTheRulesOfProductionAtTheSpeedOfLife() {
        assertThat(FasterRules.of(1)).isEqualTo(Rules.DEFAULT);
    }

    @Test
    void shouldTellStatusesAtAllEndsOfAMinuteAtAnySpeed() {
        for (double speed = 0.01; speed <= 100; speed *= 1.1) {
            // when
            Rules rules = FasterRules.of(speed);

            // then
            assertThat(60_000 % rules.allocation().statusEveryMillis()).isZero();
            assertThat(rules.stats().minuteMillis()).isGreaterThanOrEqualTo(1_000);
        }
    }
}
