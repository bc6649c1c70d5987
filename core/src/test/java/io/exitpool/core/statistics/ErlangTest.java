package io.exitpool.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.exitpool.core.Seed;
import io.exitpool.core.decision.Rung;
import io.exitpool.core.pool.ConfigDraft;
import io.exitpool.core.pool.PlacementPolicy;
import io.exitpool.core.pool.PoolConfig;
import java.util.Arrays;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Blocking under Poisson load is Erlang's B, with rest as part of the holding time, A' = lambda (d
 * + q), and with the cap as part of the size, m = n * cap. Held against the mean of 40 batches: it
 * may deviate by four of its standard errors, which are small enough to tell.
 */
class ErlangTest {
    private static final double HOLD = 45 * LossSystem.MINUTE;
    private static final long SEED = Seed.givenOr(1_917);

    @ParameterizedTest(name = "{0} slots, cap {1}, {2} erlangs")
    @CsvSource({
        "30, 1, 20, 0.0085, 400000",
        "30, 1, 35, 0.2199, 100000",
        "8, 1, 3.13, 0.0100, 300000",
        "30, 2, 69, 0.1822, 100000",
        "15, 4, 47, 0.0100, 400000",
    })
    void shouldBlockAsErlangSays(
            int slots, int cap, double erlangs, double blocking, int arrivals) {
        // given
        PoolConfig config = ConfigDraft.slots(slots).cap(cap).leaseTtl(QuietServers.NEVER).next();
        LossSystem system =
                new LossSystem(config, erlangs, HOLD, LossSystem.exponential(HOLD), SEED);
        // when
        double[] measured = system.blocking(arrivals, granted -> {});
        // then
        double expected = erlangB(erlangs, slots * cap);
        assertThat(expected).isCloseTo(blocking, within(0.0005));
        shouldAgree(measured, expected);
    }

    @ParameterizedTest(name = "rest of {0} minutes, {2}")
    @CsvSource({
        "10, 0.0024, UNIFORM_RANDOM",
        "20, 0.0244, UNIFORM_RANDOM",
        "20, 0.0244, LONGEST_RESTED",
    })
    void shouldCountRestAsLoad(int restMinutes, double blocking, PlacementPolicy placement) {
        // given log-normal sessions: the formula does not depend on the law
        double rest = restMinutes * LossSystem.MINUTE;
        PoolConfig config =
                ConfigDraft.slots(60)
                        .minRest((long) rest)
                        .placement(placement)
                        .leaseTtl(QuietServers.NEVER)
                        .next();
        LossSystem system = new LossSystem(config, 35, HOLD, LossSystem.logNormal(HOLD, 1), SEED);
        // when
        double[] measured =
                system.blocking(
                        600_000,
                        granted -> {
                            assertThat(granted.rung() == Rung.REGULAR).isTrue();
                            assertThat(granted.gapMillis().orElse(1L << 50) >= rest).isTrue();
                        });
        // then
        double expected = erlangB(35 / HOLD * (HOLD + rest), 60);
        assertThat(expected).isCloseTo(blocking, within(0.0001));
        shouldAgree(measured, expected);
    }

    @Test
    void shouldMakeTheTableOfLoads() {
        // given the largest loads at 1 % blocking
        int[] slots = {8, 11, 13, 30, 31, 59, 60, 66, 91, 200};
        double[] erlangs = {3.13, 5.16, 6.61, 20.3, 21.2, 46.0, 47.0, 52.4, 75.6, 179.7};
        // when, then
        for (int i = 0; i < slots.length; i++) {
            assertThat(erlangB(erlangs[i], slots[i])).isCloseTo(0.01, within(0.0003));
        }
    }

    private static void shouldAgree(double[] measured, double expected) {
        SummaryStatistics batches = new SummaryStatistics();
        Arrays.stream(measured).forEach(batches::addValue);
        double error = batches.getStandardDeviation() / Math.sqrt(measured.length);
        assertThat(batches.getMean())
                .as("blocking, standard error %.5f, seed %d", error, SEED)
                .isCloseTo(expected, within(4 * error));
        assertThat(error).as("power of the test").isLessThan(0.08 * expected);
    }

    /** B(A, k) = A B(A, k-1) / (k + A B(A, k-1)), by its inverse. */
    private static double erlangB(double erlangs, int slots) {
        double inverse = 1;
        for (int k = 1; k <= slots; k++) {
            inverse = 1 + k / erlangs * inverse;
        }
        return 1 / inverse;
    }
}
