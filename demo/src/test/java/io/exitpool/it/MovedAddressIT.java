package io.exitpool.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.it.Kernel.Exit;
import io.exitpool.it.Kernel.Tunnel;
import io.exitpool.operator.pools.ApplyReport;
import io.exitpool.operator.pools.Limits;
import io.exitpool.operator.pools.Outcome;
import io.exitpool.operator.pools.PoolsApply;
import io.exitpool.schemas.Decision;
import io.exitpool.schemas.Granted;
import io.exitpool.schemas.Released;
import io.exitpool.schemas.connection.TopicReader.Entry;
import io.exitpool.streams.app.ExitpoolApp;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** An address goes from one server to another while a long session sits on it. */
class MovedAddressIT {
    private static final String GIVER = "se-sto-wg-001";
    private static final String RECEIVER = "fi-hel-wg-201";
    private static final String MOVED = "192.0.2.4";
    private static final Duration REST = Duration.ofSeconds(2);

    private static final String BEFORE =
            """
            defaults: {min-rest: 2s, lease-ttl: 5m}
            servers:
              se-sto-wg-001: {v4: [192.0.2.1-192.0.2.4]}
              fi-hel-wg-201: {v4: [192.0.2.11-192.0.2.12]}
            """;

    private static final String AFTER =
            """
            defaults: {min-rest: 2s, lease-ttl: 5m}
            servers:
              se-sto-wg-001: {v4: [192.0.2.1-192.0.2.3]}
              fi-hel-wg-201: {v4: [192.0.2.11-192.0.2.12, 192.0.2.4]}
            """;

    @Test
    void shouldNotGrantAnAddressElsewhereBeforeItsSlotIsEmptyAndRested() {
        try (Site site = Site.onSharedCluster();
                Fleet fleet = Fleet.of(site, List.of(GIVER, RECEIVER))) {
            // given
            site.applyPools(BEFORE);
            try (ExitpoolApp app = site.startAllocation("allocation")) {
                ScriptedServer giver = fleet.server(GIVER);
                ScriptedServer receiver = fleet.server(RECEIVER);
                fleet.startAgents();
                giver.up(4);
                receiver.up(2);
                Waiting.until(fleet::settled);
                Tunnel onIt = tunnelOn(giver, MOVED);
                Map<Tunnel, Exit> others = fleet.exits();
                others.remove(onIt);

                // when
                CompletableFuture<ApplyReport> apply =
                        CompletableFuture.supplyAsync(() -> applyAndWait(site));
                Waiting.until(() -> retires(site));
                Tunnel waiting = receiver.up();
                Waiting.until(() -> receiver.ask(agent -> agent.counters().retries()) >= 2);

                // then
                assertThat(apply).isNotDone();
                assertThat(giver.kernel().exits().get(onIt).address()).isEqualTo(MOVED);
                assertThat(receiver.kernel().exits()).doesNotContainKey(waiting);

                // when
                giver.down(onIt);

                // then
                ApplyReport report = apply.join();
                assertThat(report.outcome()).as(report::toString).isEqualTo(Outcome.APPLIED);
                Waiting.until(fleet::settled);
                assertThat(receiver.kernel().exits().get(waiting).address()).isEqualTo(MOVED);
                assertThat(fleet.exits()).containsAllEntriesOf(others);
                assertThat(grantedAt(site) - releasedAt(site))
                        .isGreaterThanOrEqualTo(REST.toMillis());
                fleet.assertUndisturbed();
                fleet.assertBooksAgree();
                Audits.assertClean(site);
            }
        }
    }

    private static ApplyReport applyAndWait(Site site) {
        return PoolsApply.apply(
                site.connection(),
                Site.pools(AFTER),
                PoolsApply.Options.DEFAULT
                        .withLimits(Limits.FASTER_THAN_LIFE)
                        .withWait(Duration.ofMinutes(1)));
    }

    private static boolean retires(Site site) {
        return Statuses.last(site.connection(), GIVER)
                .map(status -> status.getRetiring().size() == 1)
                .orElse(false);
    }

    private static Tunnel tunnelOn(ScriptedServer server, String address) {
        return server.kernel().exits().entrySet().stream()
                .filter(exit -> exit.getValue().address().equals(address))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    private static long releasedAt(Site site) {
        return time(site, GIVER, decision -> decision.getOutcome() instanceof Released);
    }

    private static long grantedAt(Site site) {
        return time(
                site,
                RECEIVER,
                decision ->
                        decision.getOutcome() instanceof Granted granted
                                && Decisions.exit(granted).address().equals(MOVED));
    }

    /** When the only such decision took effect. */
    private static long time(Site site, String server, Predicate<Decision> which) {
        List<Long> times =
                Decisions.read(site.connection()).of(server).stream()
                        .filter(entry -> which.test(entry.value()))
                        .map(Entry::timestamp)
                        .toList();
        assertThat(times).hasSize(1);
        return times.get(0);
    }
}
