package io.exitpool.connect.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.exitpool.schemas.Alert;
import io.exitpool.schemas.topic.Topics;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Alerts reach a pager by a real Alertmanager, whoever is away meanwhile. */
@NeedsPeer(program = "prometheus-alertmanager", debian = "prometheus-alertmanager")
class AlertmanagerIT {

    private static final String NAME = "alertmanager";

    private static ConnectSite site;
    private static Feed<Alert> alerts;
    private static PostReceiver pager;
    private static AlertmanagerProcess alertmanager;

    @BeforeAll
    static void open() throws IOException {
        site = ConnectSite.open();
        alerts = site.feed(Topics.POOL_ALERTS);
        pager = new PostReceiver();
        alertmanager =
                AlertmanagerProcess.start(site.directory().resolve("alertmanager"), pager.url());
        site.worker()
                .run(
                        NAME,
                        ShippedConnector.config(
                                "alertmanager.json",
                                Map.of(
                                        "alertmanager.urls",
                                        alertmanager.url(),
                                        "runbook.url",
                                        "https://wiki.example/operations",
                                        "repeat.interval.ms",
                                        "500",
                                        "expire.after.ms",
                                        "300000",
                                        "retry.backoff.ms",
                                        "200")));
    }

    @AfterAll
    static void close() {
        Stream.of(alertmanager, pager, alerts, site)
                .filter(Objects::nonNull)
                .forEach(AlertmanagerIT::close);
    }

    private static void close(AutoCloseable one) {
        try {
            one.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void shouldKeepFiringWhileTheWorkerIsRestarted() {
        String server = "se-sto-wg-001";
        tell(server, AlertSamples.open(server));
        until(server + " fires", () -> notified(server).equals(List.of("firing")));
        assertThat(alertmanager.alerts(server).get(0).get("labels"))
                .hasToString(
                        "{\"alertname\":\"EXHAUSTED\",\"city\":\"se-sto\",\"country\":\"se\","
                                + "\"server\":\"se-sto-wg-001\",\"service\":\"exitpool\","
                                + "\"severity\":\"critical\"}");

        site.worker().stop();
        Instant endBefore = end(server);
        site.worker().start();

        until("it is repeated", () -> end(server).isAfter(endBefore));
        assertThat(notified(server)).as("nobody was called again").containsExactly("firing");
        tell(server, AlertSamples.resolved(server));
        until("it resolves", () -> notified(server).equals(List.of("firing", "resolved")));
    }

    @Test
    void shouldLoseNothingWhileTheAlertmanagerIsAway() {
        String before = "se-sto-wg-011";
        String over = "se-sto-wg-012";
        String meanwhile = "se-sto-wg-013";
        for (String server : List.of(before, over)) {
            tell(server, AlertSamples.open(server));
            until(server + " fires", () -> notified(server).equals(List.of("firing")));
        }

        alertmanager.stop();
        tell(over, AlertSamples.resolved(over));
        tell(meanwhile, AlertSamples.open(meanwhile));
        until("it is missed", () -> site.worker().log().contains("does not take alerts"));
        alertmanager.start();

        until("the new one fires", () -> notified(meanwhile).equals(List.of("firing")));
        until("the end is told", () -> notified(over).equals(List.of("firing", "resolved")));
        until("the old one is there again", () -> alertmanager.alerts(before).size() == 1);
        assertThat(notified(before)).as("nobody was called again").containsExactly("firing");
        site.worker().awaitRead(NAME, Topics.POOL_ALERTS.name());
    }

    @Test
    void shouldSetAsideWhatIsNoAlertAndGoOn() {
        String good = "se-sto-wg-021";
        alerts.raw("bytes", new byte[] {1, 2, 3});
        tell("Not a server", AlertSamples.open("Not a server"));
        tell(good, AlertSamples.open(good));

        until("the good one fires", () -> notified(good).equals(List.of("firing")));
        assertThat(DeadLetterTopic.awaitReason(site.connection(), "bytes")).isNotEmpty();
        assertThat(DeadLetterTopic.awaitReason(site.connection(), AlertSamples.key("Not a server")))
                .contains("exit-pool-alerts partition 0", "'server' is not like");
    }

    private static void tell(String server, Alert alert) {
        alerts.send(AlertSamples.key(server), alert);
        alerts.flush();
    }

    /** What the pager was told of a server, in order. */
    private static List<String> notified(String server) {
        return pager.posts().stream()
                .map(PostReceiver.Post::json)
                .filter(json -> server.equals(json.at("/groupLabels/server").asText()))
                .map(json -> json.get("status").asText())
                .toList();
    }

    private static Instant end(String server) {
        JsonNode found = alertmanager.alerts(server);
        return Instant.parse(found.get(0).get("endsAt").asText());
    }

    private static void until(String what, Callable<Boolean> condition) {
        await(what).atMost(Duration.ofSeconds(90)).until(condition);
    }
}
