package io.exitpool.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.core.Seed;
import org.junit.jupiter.api.Test;

/**
 * The pools against a naive model, on random events with copies, losses, stale epochs, restarts
 * with adoption, crashes, silence, changes of every knob, gaps in the log and reloads.
 */
class PoolSimulationTest {
    private static final int SIMULATIONS = 250;
    private static final int EVENTS_EACH = 4_100;

    @Test
    void shouldDecideAsTheRulesSay() {
        // given
        long base = Seed.givenOrFresh();
        int simulations = Seed.given().isPresent() ? 1 : SIMULATIONS;
        Coverage coverage = new Coverage();
        long events = 0;
        // when
        for (int n = 0; n < simulations; n++) {
            Simulation simulation = new Simulation(base + n, Defect.NONE, coverage);
            long[] its = new long[1];
            Seed.run(getClass(), base + n, () -> its[0] = simulation.run(EVENTS_EACH));
            events += its[0];
        }
        // then
        if (Seed.given().isEmpty()) {
            assertThat(events).isGreaterThanOrEqualTo(1_000_000);
            assertThat(coverage.missing()).as("of %s", coverage).isEmpty();
        }
    }
}
