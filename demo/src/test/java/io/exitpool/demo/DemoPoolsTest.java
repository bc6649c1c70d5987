package io.exitpool.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.operator.pools.PoolSettings;
import io.exitpool.operator.pools.PoolsFile;
import io.exitpool.schemas.Placement;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DemoPoolsTest {

    /** Usable addresses of the three documentation networks of IPv4. */
    private static final int DOCUMENTATION_ADDRESSES = 3 * 254;

    private final PoolsFile file = DemoPools.file();

    @Test
    void shouldHaveTheServersOfTheFirstRollout() {
        assertThat(file.servers().keySet())
                .containsExactly(
                        "au-mel-wg-402",
                        "au-syd-wg-001",
                        "ca-mtr-wg-302",
                        "de-fra-wg-103",
                        "fi-hel-wg-201",
                        "fr-par-wg-101",
                        "ie-dub-wg-101",
                        "no-osl-wg-101",
                        "se-sto-wg-208",
                        "us-dal-wg-701",
                        "us-lax-wg-002",
                        "us-nyc-wg-601",
                        "us-slc-wg-303");
        assertThat(slots("de-fra-wg-103")).isEqualTo(30);
        assertThat(file.servers().keySet())
                .allSatisfy(
                        server ->
                                assertThat(slots(server))
                                        .isIn(Set.of(8, 11, 13, 30, 31, 59, 60, 66, 91)));
        assertThat(file.servers().keySet().stream().mapToInt(this::slots).sum())
                .isEqualTo(610)
                .isLessThanOrEqualTo(DOCUMENTATION_ADDRESSES);
    }

    @Test
    void shouldShowEveryPolicySomewhere() {
        assertThat(settings("ie-dub-wg-101").cap()).isEqualTo(4);
        assertThat(settings("de-fra-wg-103").shareUpTo()).hasValue(2);
        assertThat(settings("us-slc-wg-303").shortenRestTo()).contains(Duration.ofMinutes(2));
        assertThat(settings("au-mel-wg-402").maxRestingShare()).isEqualTo(0.15);
        assertThat(file.servers().values())
                .extracting(pool -> pool.settings().placement())
                .contains(
                        Placement.UNIFORM_RANDOM, Placement.LONGEST_RESTED, Placement.LEAST_LOADED);
    }

    private int slots(String server) {
        return file.servers().get(server).slots().size();
    }

    private PoolSettings settings(String server) {
        return file.servers().get(server).settings();
    }
}
