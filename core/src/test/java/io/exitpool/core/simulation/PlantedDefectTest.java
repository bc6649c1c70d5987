package io.exitpool.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.core.Seed;
import io.exitpool.core.pool.InvariantViolation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A simulation that cannot tell broken pools from sound ones is worth nothing. */
class PlantedDefectTest {
    private static final int SIMULATIONS = 30;
    private static final int EVENTS_EACH = 4_000;

    @ParameterizedTest
    @EnumSource
    void shouldBeCaught(PlantedDefect planted) {
        // given
        long base = Seed.givenOrFresh();
        int caughtAt = -1;
        // when
        for (int n = 0; n < SIMULATIONS && caughtAt < 0; n++) {
            caughtAt = isCaught(planted.defect, base + n) ? n : -1;
        }
        // then
        assertThat(caughtAt)
                .as(
                        "%s, seed %d; see it again: mvn -pl core test -Dtest=%s -Dseed=%d",
                        planted, base, getClass().getSimpleName(), base)
                .isNotNegative();
    }

    private static boolean isCaught(Defect defect, long seed) {
        try {
            new Simulation(seed, defect, new Coverage()).run(EVENTS_EACH);
            return false;
        } catch (AssertionError | InvariantViolation caught) {
            return true;
        }
    }
}
