package io.exitpool.demo.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.demo.workload.Visit;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GroundTruthTest {

    private final GroundTruth truth = new GroundTruth();
    private final Tunnel first = tunnel(1);
    private final Tunnel second = tunnel(2);

    @Test
    void shouldSeeASlotThatIsGivenToTwo() {
        // given
        truth.uses(first, 7);
        truth.granted(7, 1);
        assertThat(truth.violations()).isEmpty();

        // when
        truth.uses(second, 7);
        truth.granted(7, 1);

        // then
        assertThat(truth.violations()).isEqualTo(Map.of(GroundTruth.SLOT_OVER_ITS_LOAD, 1L));
    }

    @Test
    void shouldAcceptASlotThatIsSharedOnPurpose() {
        // given
        truth.uses(first, 7);
        truth.uses(second, 7);

        // when
        truth.granted(7, 2);

        // then
        assertThat(truth.violations()).isEmpty();
        assertThat(truth.leases()).isEqualTo(2);
        assertThat(truth.slotsInUse()).containsExactly(7);
    }

    @Test
    void shouldNotCountWhoseLeaseWasTakenBack() {
        // given
        truth.uses(first, 7);
        truth.disowned(first);

        // when
        truth.uses(second, 7);
        truth.granted(7, 1);

        // then: the first goes on until its agent hears of it, which is not the allocator's fault
        assertThat(truth.violations()).isEmpty();
        assertThat(truth.leases()).isEqualTo(1);

        // when
        truth.uses(first, 8);
        truth.usesNone(second);

        // then
        assertThat(truth.uses()).isEqualTo(Map.of(first, 8));
        assertThat(truth.leases()).isEqualTo(1);
    }

    private static Tunnel tunnel(long peer) {
        return new Tunnel(new Visit("se-sto-wg-208", peer, 0, 1, false, false, false));
    }
}
