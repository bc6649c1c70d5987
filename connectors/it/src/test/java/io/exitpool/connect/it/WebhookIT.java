package io.exitpool.connect.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.exitpool.schemas.Alert;
import io.exitpool.schemas.topic.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Alerts are posted to a receiver, once it accepted them once, in order. */
class WebhookIT {

    private static final String NAME = "webhook";

    private static ConnectSite site;
    private static Feed<Alert> alerts;
    private static PostReceiver receiver;

    @BeforeAll
    static void open() throws IOException {
        site = ConnectSite.open(Map.of("EXITPOOL_WEBHOOK_SECRET", "for tests"));
        alerts = site.feed(Topics.POOL_ALERTS);
        receiver = new PostReceiver();
        site.worker()
                .run(
                        NAME,
                        ShippedConnector.config(
                                "webhook.json",
                                Map.of("webhook.url", receiver.url(), "retry.backoff.ms", "100")));
    }

    @AfterAll
    static void close() {
        receiver.close();
        alerts.close();
        site.close();
    }

    @Test
    void shouldDeliverOnceAcceptedAlsoOverARestart() {
        String server = "se-sto-wg-101";
        AtomicInteger failures = new AtomicInteger(3);
        receiver.answer(json -> failures.getAndDecrement() > 0 ? 500 : 200);

        tell(server, AlertSamples.open(server));
        until("the fourth attempt is accepted", () -> statuses(server).size() >= 4);
        assertThat(statuses(server)).containsExactly(500, 500, 500, 200);
        site.worker().stop();
        tell(server, AlertSamples.resolved(server));
        site.worker().start();

        until("the end is told", () -> statuses(server).size() >= 5);
        site.worker().awaitRead(NAME, Topics.POOL_ALERTS.name());
        List<PostReceiver.Post> posts = posts(server);
        assertThat(posts)
                .extracting(post -> post.json().get("status").asText())
                .containsExactly("open", "open", "open", "open", "resolved");
        assertThat(posts.subList(0, 4))
                .extracting(post -> post.headers().get("Idempotency-key").get(0))
                .containsOnly(posts.get(0).json().get("id").asText() + "/open/0");
        assertThat(posts)
                .allMatch(
                        post ->
                                post.headers()
                                        .get("X-exitpool-signature")
                                        .get(0)
                                        .matches("sha256=[0-9a-f]{64}"));
    }

    @Test
    void shouldSetAsideWhatIsRefusedOrNoAlertAndGoOn() {
        String refused = "se-sto-wg-111";
        String good = "se-sto-wg-112";
        receiver.answer(json -> json.get("server").asText().equals(refused) ? 422 : 200);

        alerts.raw("bytes", new byte[] {1, 2, 3});
        tell(refused, AlertSamples.open(refused));
        tell(good, AlertSamples.open(good));

        until("the good one is accepted", () -> statuses(good).equals(List.of(200)));
        assertThat(statuses(refused)).containsExactly(422);
        assertThat(DeadLetterTopic.awaitReason(site.connection(), AlertSamples.key(refused)))
                .contains("the receiver answers HTTP 422");
        assertThat(DeadLetterTopic.awaitReason(site.connection(), "bytes")).isNotEmpty();
        site.worker().awaitRead(NAME, Topics.POOL_ALERTS.name());
    }

    private static void tell(String server, Alert alert) {
        alerts.send(AlertSamples.key(server), alert);
        alerts.flush();
    }

    private static List<Integer> statuses(String server) {
        return posts(server).stream().map(PostReceiver.Post::status).toList();
    }

    private static List<PostReceiver.Post> posts(String server) {
        return receiver.posts().stream()
                .filter(post -> server.equals(post.json().get("server").asText()))
                .toList();
    }

    private static void until(String what, Callable<Boolean> condition) {
        await(what).atMost(Duration.ofSeconds(90)).until(condition);
    }
}
