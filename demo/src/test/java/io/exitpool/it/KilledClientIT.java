package io.exitpool.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.it.Kernel.Exit;
import io.exitpool.it.Kernel.Tunnel;
import io.exitpool.schemas.ReleaseCause;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The allocation is killed without a word in the middle of its work, and its disk is lost too. */
class KilledClientIT {
    private static final int SERVERS = 6;

    private static final String POOLS =
            """
            defaults: {min-rest: 1s, lease-ttl: 5m}
            servers:
              se-sto-wg-001: {v4: [192.0.2.1-192.0.2.80]}
              se-sto-wg-002: {v4: [192.0.2.81-192.0.2.160]}
              se-sto-wg-003: {v4: [192.0.2.161-192.0.2.240]}
              se-sto-wg-004: {v4: [198.51.100.1-198.51.100.80]}
              se-sto-wg-005: {v4: [198.51.100.81-198.51.100.160]}
              se-sto-wg-006: {v4: [198.51.100.161-198.51.100.240]}
            """;

    @Test
    void shouldAnswerEveryStartAndKeepEveryLeaseWhenItIsKilledAndItsStateIsWiped() {
        try (Site site = Site.onSharedCluster();
                Fleet fleet = Fleet.of(site, names())) {
            // given
            site.applyPools(POOLS);
            try (ChildJvm doomed = fork(site)) {
                fleet.startAgents();
                fleet.servers().forEach(server -> server.up(15));
                Waiting.until(fleet::settled);
                Map<Tunnel, Exit> longSessions = fleet.exits();
                try (Load load = Load.start(KilledClientIT.class, fleet.servers(), 10)) {
                    Waiting.until(() -> fleet.counted(c -> c.grants()) > SERVERS * 15 + 300);

                    // when
                    doomed.kill();
                    site.wipe("allocation");
                    long granted = fleet.counted(c -> c.grants());
                    try (ChildJvm successor = fork(site)) {
                        Waiting.until(() -> fleet.counted(c -> c.grants()) > granted + 300);
                        load.close();

                        // then
                        Waiting.until(fleet::settled);
                        assertThat(fleet.exits()).containsAllEntriesOf(longSessions);
                        fleet.assertUndisturbed();
                        fleet.assertBooksAgree();
                        assertNothingWasTakenAway(site);
                        Audits.assertClean(site);
                    }
                }
            }
        }
    }

    /** It has a name, so that its successor need not wait until it is missed. */
    private static ChildJvm fork(Site site) {
        Map<String, String> settings = site.settings("allocation");
        settings.put("group.instance.id", "one");
        return site.forkAllocation("allocation", settings);
    }

    private static void assertNothingWasTakenAway(Site site) {
        Decisions decisions = Decisions.read(site.connection());
        for (String server : names()) {
            assertThat(decisions.released(server, ReleaseCause.EXPIRED)).isZero();
            assertThat(decisions.released(server, ReleaseCause.RESET)).isZero();
            assertThat(decisions.released(server, ReleaseCause.VANISHED)).isZero();
        }
    }

    private static List<String> names() {
        return IntStream.rangeClosed(1, SERVERS).mapToObj("se-sto-wg-%03d"::formatted).toList();
    }
}
