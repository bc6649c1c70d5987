package io.exitpool.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.it.Kernel.Exit;
import io.exitpool.it.Kernel.Tunnel;
import io.exitpool.schemas.Choice;
import io.exitpool.schemas.ReleaseCause;
import io.exitpool.schemas.topic.ServerPartition;
import io.exitpool.streams.app.ExitpoolApp;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The allocation is down for longer than lease-ttl while events wait in the log. Snapshots of one
 * server are among them, so it lives; another one, on the same partition, was silent.
 */
class OutageIT {
    private static final int PARTITIONS = 12;
    private static final String ALIVE = "se-sto-wg-001";
    private static final String SILENT = neighbourOf(ALIVE);

    /** Four snapshots; the outage lasts for seven. */
    private static final String POOLS =
            """
            defaults: {min-rest: 1s, lease-ttl: 6s}
            servers:
              %s: {v4: [192.0.2.1-192.0.2.20]}
              %s: {v4: [192.0.2.21-192.0.2.40]}
            """
                    .formatted(ALIVE, SILENT);

    private static final int SNAPSHOTS_MEANWHILE = 7;

    @Test
    void shouldExpireWhoWasSilentInTheLogAndNobodyWhoseEventsWaitedInIt() {
        try (Site site = Site.onSharedCluster();
                Fleet fleet = Fleet.of(site, List.of(ALIVE, SILENT))) {
            // given
            site.applyPools(POOLS);
            ScriptedServer alive = fleet.server(ALIVE);
            ScriptedServer silent = fleet.server(SILENT);
            Map<Tunnel, Exit> before;
            Tunnel ending;
            try (ExitpoolApp app = site.startAllocation("allocation")) {
                fleet.startAgents();
                ending = alive.up();
                alive.up(5);
                silent.up(4);
                Waiting.until(fleet::settled);
                before = fleet.exits();
                silent.killAgent();
            }

            // when
            long snapshots = alive.ask(agent -> agent.counters().snapshots());
            alive.up(3);
            alive.down(ending);
            Waiting.until(
                    () ->
                            alive.ask(agent -> agent.counters().snapshots())
                                    >= snapshots + SNAPSHOTS_MEANWHILE);
            alive.up(2);

            // then
            try (ExitpoolApp app = site.startAllocation("allocation")) {
                Waiting.until(alive::settled);
                Waiting.until(() -> released(site, SILENT, ReleaseCause.EXPIRED) == 4);
                assertThat(released(site, ALIVE, ReleaseCause.EXPIRED)).isZero();
                assertThat(released(site, ALIVE, ReleaseCause.ENDED)).isEqualTo(1);

                // and when it speaks again, it finds its sessions where they were
                silent.startAgent();
                Waiting.until(fleet::settled);
                before.remove(ending);
                assertThat(fleet.exits()).containsAllEntriesOf(before).hasSize(5 + 4 + 5);
                Decisions decisions = Decisions.read(site.connection());
                assertThat(decisions.granted(SILENT, Choice.ADOPTED)).isEqualTo(4);
                fleet.assertUndisturbed();
                fleet.assertBooksAgree();
                Audits.assertClean(site);
            }
        }
    }

    private static long released(Site site, String server, ReleaseCause cause) {
        return Decisions.read(site.connection()).released(server, cause);
    }

    private static String neighbourOf(String server) {
        int partition = ServerPartition.of(server, PARTITIONS);
        return IntStream.range(100, 1000)
                .mapToObj("no-osl-wg-%03d"::formatted)
                .filter(name -> ServerPartition.of(name, PARTITIONS) == partition)
                .findFirst()
                .orElseThrow();
    }
}
