package io.exitpool.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.exitpool.core.Seed;
import io.exitpool.core.pool.ConfigDraft;
import io.exitpool.core.pool.PlacementPolicy;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How soon the same address serves again, by policy: the mean is the same for all (Little's law:
 * idle addresses over the rate of grants), the low quantiles tell them apart. 60 slots, 35 erlangs,
 * log-normal sessions of 45 minutes in the mean and sigma 1.5, as the table was made.
 */
class ReuseGapTest {
    private static final int ARRIVALS = 300_000;
    private static final double HOLD = 45 * LossSystem.MINUTE;
    private static final long SEED = Seed.givenOr(60);

    @ParameterizedTest(name = "{0}, rest {1} min")
    @CsvSource({
        "UNIFORM_RANDOM,  0,  0.3,  1.5, 21, 0.153",
        "LONGEST_RESTED,  0, 11.8, 17.3, 32, 0.0003",
        "UNIFORM_RANDOM, 10, 10.2, 10.9, 24, 0",
        "UNIFORM_RANDOM, 20, 20.1, 20.5, 28, 0",
        "LONGEST_RESTED, 10, 13.0, 17.5, 32, 0",
    })
    void shouldKeepTheGapsOfItsPolicy(
            PlacementPolicy placement,
            int restMinutes,
            double p1,
            double p5,
            double p50,
            double withinFiveMinutes) {
        // given
        LossSystem system =
                new LossSystem(
                        ConfigDraft.slots(60)
                                .minRest((long) (restMinutes * LossSystem.MINUTE))
                                .placement(placement)
                                .leaseTtl(QuietServers.NEVER)
                                .next(),
                        35,
                        HOLD,
                        LossSystem.logNormal(HOLD, 1.5),
                        SEED);
        DescriptiveStatistics minutes = new DescriptiveStatistics();
        // when
        system.blocking(
                ARRIVALS,
                granted ->
                        granted.gapMillis()
                                .ifPresent(gap -> minutes.addValue(gap / LossSystem.MINUTE)));
        // then
        assertThat(minutes.getPercentile(1)).isCloseTo(p1, within(0.1 + 0.1 * p1));
        assertThat(minutes.getPercentile(5)).isCloseTo(p5, within(0.1 + 0.05 * p5));
        assertThat(minutes.getPercentile(50)).isCloseTo(p50, within(0.05 * p50));
        assertThat(minutes.getMean()).isBetween(31.0, 34.5);
        assertThat(minutes.getMin()).isGreaterThanOrEqualTo(restMinutes);
        double soon =
                java.util.Arrays.stream(minutes.getValues()).filter(gap -> gap < 5).count()
                        / (double) minutes.getN();
        assertThat(soon).isCloseTo(withinFiveMinutes, within(0.005));
    }
}
