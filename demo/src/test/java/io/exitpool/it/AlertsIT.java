package io.exitpool.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.exitpool.schemas.Alert;
import io.exitpool.schemas.AlertKind;
import io.exitpool.schemas.AlertState;
import io.exitpool.schemas.Granted;
import io.exitpool.schemas.PoolStatus;
import io.exitpool.schemas.RejectCause;
import io.exitpool.schemas.SessionId;
import io.exitpool.schemas.connection.TopicReader;
import io.exitpool.schemas.connection.TopicReader.Entry;
import io.exitpool.schemas.connection.TopicReader.Start;
import io.exitpool.schemas.topic.Topics;
import io.exitpool.streams.app.ExitpoolApp;
import io.exitpool.streams.app.Rules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Alerts on a real broker: soon after their cause, once, and a storm as one. */
class AlertsIT {
    private static final long MINUTE = 2_000;
    private static final int PROBES = 9;
    private static final Duration POLL = Duration.ofMillis(10);
    private static final long WITHIN_MILLIS = 2_000;

    /** Each probe in a city of its own, so that none has to do with another. */
    private static final String SMALL = "de-%s-wg-001";

    private static final List<String> LOADED = List.of("se-sto-wg-001", "se-sto-wg-002");

    @Test
    void shouldShowWithinTwoSecondsOfItsCauseUnderLoad() {
        try (Site site = Site.onSharedCluster();
                Fleet fleet = Fleet.of(site, LOADED)) {
            // given: the rules of production, and two servers on which tunnels come and go
            site.applyPools(pools());
            try (ExitpoolApp app = site.start(site.settings("exitpool", ""), Rules.DEFAULT);
                    TopicReader reader =
                            TopicReader.open(
                                    site.connection(), List.of(Topics.POOL_ALERTS), Start.END)) {
                fleet.startAgents();
                try (Load load = Load.start(AlertsIT.class, fleet.servers(), 40)) {
                    Waiting.until(() -> fleet.counted(c -> c.grants()) > 500);

                    // when
                    List<Long> millis = new ArrayList<>();
                    for (String server : probes()) {
                        millis.add(millisToAlert(site, server, reader));
                    }

                    // then
                    List<Long> sorted = millis.stream().sorted().toList();
                    System.out.printf(
                            "AlertsIT: an alert shows %d ms (median) and at most %d ms after its"
                                    + " start was produced, beside %d grants on %d servers: %s%n",
                            sorted.get(PROBES / 2),
                            sorted.get(PROBES - 1),
                            fleet.counted(c -> c.grants()),
                            LOADED.size(),
                            millis);
                    assertThat(sorted.get(PROBES / 2)).isLessThanOrEqualTo(WITHIN_MILLIS);
                }
            }
        }
    }

    @Test
    void shouldNotOpenAgainAfterARestart() {
        String first = probes().get(0);
        String second = probes().get(1);
        try (Site site = Site.onSharedCluster();
                RawAgent agent = new RawAgent(site.connection(), first);
                RawAgent other = new RawAgent(site.connection(), second)) {
            // given
            site.applyPools(pools());
            try (ExitpoolApp app = start(site)) {
                // What was decided before a server's first status is nobody's to judge.
                Waiting.until(() -> Statuses.last(site.connection(), first).isPresent());
                Waiting.until(() -> Statuses.last(site.connection(), second).isPresent());
                fill(site, agent);
                agent.started(RawAgent.newSession());
                Waiting.until(() -> told(site, first).size() == 1);
            }

            // when
            try (ExitpoolApp app = start(site)) {
                agent.started(RawAgent.newSession());
                Waiting.until(() -> rejections(site, first) == 2);
                long rejectedBy = System.currentTimeMillis();
                fill(site, other);
                other.started(RawAgent.newSession());
                Waiting.until(() -> told(site, second).size() == 1);
                Waiting.until(() -> Windows.read(site.connection()).end(first) > rejectedBy);

                // then
                assertThat(told(site, first))
                        .singleElement()
                        .satisfies(
                                alert -> {
                                    assertThat(alert.getState()).isEqualTo(AlertState.OPEN);
                                    assertThat(alert.getRevision()).isZero();
                                });
            }
        }
    }

    @Test
    void shouldTellACrashAndTheShortageNextToItAsOne() {
        String neighbour = "se-sto-wg-009";
        try (Site site = Site.onSharedCluster();
                Fleet fleet = Fleet.of(site, List.of("se-sto-wg-001", neighbour))) {
            // given
            site.applyPools(
                    """
                    servers:
                      se-sto-wg-001: {v4: [192.0.2.1-192.0.2.80]}
                      se-sto-wg-009: {v4: [192.0.2.81-192.0.2.82]}
                    """);
            try (ExitpoolApp app = start(site)) {
                fleet.startAgents();
                fleet.servers().forEach(server -> server.up(2));
                Waiting.until(fleet::settled);

                // when
                fleet.server("se-sto-wg-001").killAgent();
                Waiting.until("it is quiet", () -> silentMillis(site, "se-sto-wg-001") > 4_500);
                fleet.server(neighbour).up(2);

                // then
                Waiting.until(() -> !alerts(site).isEmpty());
                Alert alert = alerts(site).get(0);
                assertThat(alert.getKind()).isEqualTo(AlertKind.SERVER_SILENT);
                assertThat(alert.getServer()).isEqualTo("se-sto-wg-001");
                assertThat(alert.getAffected()).containsExactly(neighbour + "/EXHAUSTED");
                assertThat(alert.getCause()).contains(neighbour);
                Waiting.until(() -> silentMillis(site, "se-sto-wg-001") > 10_000);
                assertThat(alerts(site))
                        .as("the server's own silence is the same alert")
                        .extracting(Alert::getServer, Alert::getEpisode)
                        .containsOnly(tuple(alert.getServer(), alert.getEpisode()));
            }
        }
    }

    /** From the production of a start that finds nothing free to the reading of the alert. */
    private static long millisToAlert(Site site, String server, TopicReader reader) {
        try (RawAgent agent = new RawAgent(site.connection(), server)) {
            fill(site, agent);
            SessionId refused = RawAgent.newSession();
            long asked = System.nanoTime();
            agent.started(refused);
            List<Entry<?>> found = new ArrayList<>();
            Waiting.until(
                    server,
                    () -> {
                        for (long end = System.nanoTime() + 1_000_000_000;
                                found.isEmpty() && System.nanoTime() < end; ) {
                            reader.poll(POLL).stream()
                                    .filter(entry -> entry.key().equals(server + "/EXHAUSTED"))
                                    .forEach(found::add);
                        }
                        return !found.isEmpty();
                    });
            return (System.nanoTime() - asked) / 1_000_000;
        }
    }

    /** Both slots are taken. */
    private static void fill(Site site, RawAgent agent) {
        agent.begin();
        for (int slot = 0; slot < 2; slot++) {
            SessionId session = RawAgent.newSession();
            agent.started(session);
            Waiting.until(
                    () ->
                            Decisions.read(site.connection()).of(session).stream()
                                    .anyMatch(one -> one.getOutcome() instanceof Granted));
        }
    }

    private static long rejections(Site site, String server) {
        return Decisions.read(site.connection()).rejected(server, RejectCause.EXHAUSTED);
    }

    /** Nobody hears of these servers again: their silence is told, too. */
    private static List<Alert> told(Site site, String server) {
        return alerts(site).stream()
                .filter(alert -> alert.getServer().equals(server))
                .filter(alert -> alert.getKind() == AlertKind.EXHAUSTED)
                .toList();
    }

    private static List<Alert> alerts(Site site) {
        List<Alert> alerts = new ArrayList<>();
        TopicReader.readToEnd(
                site.connection(), Topics.POOL_ALERTS, entry -> alerts.add(entry.value()));
        return alerts;
    }

    private static long silentMillis(Site site, String server) {
        return Statuses.last(site.connection(), server).map(PoolStatus::getSilentMillis).orElse(0L);
    }

    private static ExitpoolApp start(Site site) {
        return site.start(site.settings("exitpool", ""), ShortWindowsMain.rules(MINUTE));
    }

    private static List<String> probes() {
        return IntStream.range(0, PROBES)
                .mapToObj(probe -> SMALL.formatted((char) ('a' + probe)))
                .toList();
    }

    /** Two large pools, and many of two slots. */
    private static String pools() {
        Map<String, String> pools = new HashMap<>();
        pools.put(LOADED.get(0), "192.0.2.1-192.0.2.100");
        pools.put(LOADED.get(1), "192.0.2.101-192.0.2.200");
        for (int probe = 0; probe < PROBES; probe++) {
            pools.put(
                    probes().get(probe),
                    "198.51.100.%d-198.51.100.%d".formatted(2 * probe + 1, 2 * probe + 2));
        }
        StringBuilder yaml = new StringBuilder("defaults: {min-rest: 1s}\nservers:\n");
        pools.forEach(
                (server, range) -> yaml.append("  %s: {v4: [%s]}%n".formatted(server, range)));
        return yaml.toString();
    }
}
