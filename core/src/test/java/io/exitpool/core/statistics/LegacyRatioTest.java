package io.exitpool.core.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.exitpool.core.Seed;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * The nine pools hold 8.3 million million combinations, of which the old scheme can show 302: the
 * breakpoints k/n of all nine cut [0, 1) into as many cells. 3,650 users show 291.6 of them in the
 * mean, and 3,650 different ones with the pools' own choice.
 */
class LegacyRatioTest {
    private static final int RUNS = 120;
    private static final int USERS = 3_650;
    private static final int CELLS = 302;
    private static final int ENOUGH_CAP = 1_024;
    private static final long SEED = Seed.givenOr(20_260_515);

    @Test
    void shouldShowAtMost302CombinationsByTheOldScheme() {
        long sum = 0;
        for (int run = 0; run < RUNS; run++) {
            NinePools pools = pools(run);
            int distinct = distinct(u -> pools.startByRatio(pools.newUser()));
            assertThat(distinct).as("run %d, seed %d", run, SEED).isLessThanOrEqualTo(CELLS);
            sum += distinct;
        }
        // One run deviates by 2.5, so the mean of 120 by 0.23.
        assertThat((double) sum / RUNS).as("seed %d", SEED).isCloseTo(291.6, within(1.0));
    }

    @Test
    void shouldShowADifferentCombinationForEveryUserByItsOwnChoice() {
        for (int run = 0; run < 20; run++) {
            NinePools pools = pools(run);
            assertThat(distinct(u -> pools.startByPlacement(pools.newUser())))
                    .as("run %d, seed %d", run, SEED)
                    .isEqualTo(USERS);
        }
    }

    @Test
    void shouldCutTheUnitIntervalInto302Cells() {
        Set<Long> breakpoints = new HashSet<>();
        for (int size : NinePools.SIZES) {
            for (int k = 0; k < size; k++) {
                long common = gcd(k, size);
                breakpoints.add(k / common << 32 | size / common);
            }
        }
        assertThat(breakpoints).hasSize(CELLS);
    }

    private static NinePools pools(int run) {
        return new NinePools(ENOUGH_CAP, new SplittableRandom(SEED + run), SEED - 1 - run);
    }

    private static int distinct(Function<Integer, int[]> start) {
        Set<String> combinations = new HashSet<>();
        for (int user = 0; user < USERS; user++) {
            combinations.add(java.util.Arrays.toString(start.apply(user)));
        }
        return combinations.size();
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
