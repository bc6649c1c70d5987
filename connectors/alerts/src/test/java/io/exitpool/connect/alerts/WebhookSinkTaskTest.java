package io.exitpool.connect.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.exitpool.connect.alerts.Receiver.Reply;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSinkTaskTest {
    private static final String SERVER = "se-sto-wg-001";
    private static final String KIND = "EXHAUSTED";

    private final MovingClock clock = new MovingClock();
    private final FakeContext context = new FakeContext();
    private final Receiver receiver = new Receiver();
    private final Told told = new Told();

    @AfterEach
    void close() {
        receiver.close();
    }

    @Test
    void shouldPostOneDocumentAnAlert() throws Exception {
        WebhookSinkTask task =
                started(
                        Map.of(
                                "webhook.header.X-Api-Key",
                                "k",
                                "auth.bearer.token",
                                "t",
                                "webhook.hmac.secret",
                                "s",
                                "runbook.url",
                                "https://wiki.example/operations"));

        task.put(
                List.of(
                        told.open(SERVER, KIND, clock.instant()),
                        told.resolved(SERVER, KIND, clock.instant()),
                        told.tombstone(SERVER + "/" + KIND, clock.instant())));

        assertThat(receiver.requests()).hasSize(2);
        Receiver.Request first = receiver.requests().get(0);
        assertThat(first.json())
                .isEqualTo(
                        new ObjectMapper()
                                .readTree(
                                        """
                                        {"version":1,"id":"se-sto-wg-001/EXHAUSTED/1772362800000",
                                         "status":"open","revision":0,"server":"se-sto-wg-001",
                                         "kind":"EXHAUSTED","severity":"critical",
                                         "openedAt":"2026-03-01T11:00:00Z","resolvedAt":null,
                                         "durationMillis":null,"value":6.6123,"threshold":0.0,
                                         "peak":23.0,"unit":"percent of the first attempts",
                                         "summary":"Starts are rejected.","cause":"The load grew.",
                                         "advice":"Add slots.","causedBy":null,
                                         "affected":["se-sto-wg-002/EXHAUSTED"],"country":"se",
                                         "city":"se-sto",
                                         "runbookUrl":"https://wiki.example/operations#exhausted"}
                                        """));
        assertThat(first.headers().getFirst("Idempotency-Key"))
                .isEqualTo("se-sto-wg-001/EXHAUSTED/1772362800000/open/0");
        assertThat(first.headers().getFirst("X-Api-Key")).isEqualTo("k");
        assertThat(first.headers().getFirst("Authorization")).isEqualTo("Bearer t");
        assertThat(first.headers().getFirst("X-Exitpool-Signature"))
                .isEqualTo(new HmacSignature("s").of(first.body()));
        assertThat(receiver.requests().get(1).json().get("durationMillis").asLong())
                .isEqualTo(3_600_000);
        assertThat(receiver.requests().get(1).headers().getFirst("Idempotency-Key"))
                .isEqualTo("se-sto-wg-001/EXHAUSTED/1772362800000/resolved/0");
        assertThat(task.preCommit(Map.of()))
                .isEqualTo(Map.of(Told.PARTITION, new OffsetAndMetadata(3)));
        assertThat(context.metric("alerts-sent-total")).isEqualTo(2);
    }

    @Test
    void shouldDeliverOnceAcceptedInOrder() {
        WebhookSinkTask task = started(Map.of());
        List<SinkRecord> batch =
                List.of(
                        told.open("a", KIND, clock.instant()),
                        told.open("b", KIND, clock.instant()),
                        told.open("c", KIND, clock.instant()));
        receiver.next(Reply.of(200), Reply.of(500), Reply.of(503), Reply.of(429));

        for (long wait : List.of(1_000L, 2_000L, 4_000L)) {
            assertThatThrownBy(() -> task.put(batch)).isInstanceOf(RetriableException.class);
            assertThat(context.timeout).isEqualTo(wait);
            assertThat(task.preCommit(Map.of()))
                    .isEqualTo(Map.of(Told.PARTITION, new OffsetAndMetadata(1)));
            clock.pass(Duration.ofMillis(wait));
        }
        task.put(batch);

        assertThat(receiver.requests())
                .extracting(request -> request.json().get("server").asText())
                .containsExactly("a", "b", "b", "b", "b", "c");
        assertThat(context.metric("requests-failed-total")).isEqualTo(3);
        assertThat(context.deadLetters).isEmpty();
    }

    @Test
    void shouldWaitForAsLongAsItIsAsked() {
        WebhookSinkTask task = started(Map.of());
        receiver.next(new Reply(429, "", "17"));

        assertThatThrownBy(() -> task.put(List.of(told.open("a", KIND, clock.instant()))))
                .isInstanceOf(RetriableException.class);

        assertThat(context.timeout).isEqualTo(17_000);
    }

    @Test
    void shouldFailWhenNobodyAnswersForTooLong() {
        String nobody;
        try (Receiver gone = new Receiver()) {
            nobody = gone.url();
        }
        WebhookSinkTask task =
                started(Map.of(WebhookConfig.URL, nobody, WebhookConfig.GIVE_UP, "5000"));
        List<SinkRecord> batch = List.of(told.open("a", KIND, clock.instant()));
        assertThatThrownBy(() -> task.put(batch)).isInstanceOf(RetriableException.class);

        clock.pass(Duration.ofSeconds(5));

        assertThatThrownBy(() -> task.put(batch))
                .isInstanceOf(ConnectException.class)
                .isNotInstanceOf(RetriableException.class)
                .hasMessageContaining("did not take an alert for PT5S")
                .hasMessageContaining("restart the task");
        assertThat(task.preCommit(Map.of())).isEmpty();
    }

    @Test
    void shouldPutAsideWhatIsRefused() {
        WebhookSinkTask task = started(Map.of());
        receiver.next(new Reply(422, "severity\n unknown", null));

        task.put(
                List.of(
                        told.open("a", KIND, clock.instant()),
                        told.record("k", "text", clock.instant()),
                        told.open("b", KIND, clock.instant())));

        assertThat(context.deadLetters)
                .extracting(FakeContext.DeadLetter::reason)
                .satisfiesExactly(
                        one -> assertThat(one).contains("HTTP 422: severity unknown"),
                        other -> assertThat(other).contains("value.converter"));
        assertThat(receiver.requests()).hasSize(2);
        assertThat(task.preCommit(Map.of()))
                .containsEntry(Told.PARTITION, new OffsetAndMetadata(3));
        assertThat(context.metric("dead-letters-total")).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 401, 403, 404, 405})
    void shouldFailWhenEveryAlertWouldBeRefused(int status) {
        WebhookSinkTask task = started(Map.of());
        receiver.next(Reply.of(status));

        assertThatThrownBy(() -> task.put(List.of(told.open("a", KIND, clock.instant()))))
                .isInstanceOf(ConnectException.class)
                .isNotInstanceOf(RetriableException.class)
                .hasMessageContaining("HTTP " + status)
                .hasMessageContaining(receiver.url() + " ")
                .hasMessageNotContaining("secret-path");
        assertThat(context.deadLetters).isEmpty();
    }

    @Test
    void shouldStopReadingWhileItIsSlow() {
        WebhookSinkTask task = started(Map.of());
        receiver.always(
                request -> {
                    clock.pass(Duration.ofSeconds(20));
                    return Reply.of(200);
                });

        task.put(
                List.of(
                        told.open("a", KIND, clock.instant()),
                        told.open("b", KIND, clock.instant()),
                        told.open("c", KIND, clock.instant())));

        assertThat(receiver.requests()).hasSize(2);
        assertThat(context.paused).containsExactly(Told.PARTITION);
        assertThat(task.preCommit(Map.of()))
                .containsEntry(Told.PARTITION, new OffsetAndMetadata(2));
        task.put(List.of());
        assertThat(receiver.requests()).hasSize(3);
        assertThat(context.paused).isEmpty();
    }

    @Test
    void shouldGiveUpOnAReceiverThatNeverAnswers() {
        WebhookSinkTask task = started(Map.of("http.request.timeout.ms", "100"));
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        receiver.always(request -> reply.join());

        assertThatThrownBy(() -> task.put(List.of(told.open("a", KIND, clock.instant()))))
                .isInstanceOf(RetriableException.class)
                .hasMessageContaining("trying again in 1000 ms");
        reply.complete(Reply.of(200));
    }

    private WebhookSinkTask started(Map<String, String> settings) {
        Map<String, String> all =
                new HashMap<>(Map.of(WebhookConfig.URL, receiver.url() + "/secret-path"));
        all.putAll(settings);
        WebhookSinkTask task = new WebhookSinkTask(clock);
        task.initialize(context);
        task.start(all);
        task.open(List.of(Told.PARTITION));
        return task;
    }
}
