package io.exitpool.connect.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.exitpool.connect.alerts.Receiver.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AlertmanagerSinkTaskTest {
    private static final String SERVER = "se-sto-wg-001";
    private static final String KIND = "EXHAUSTED";
    private static final Instant BEFORE = MovingClock.START.minusSeconds(30);

    private final MovingClock clock = new MovingClock();
    private final FakeContext context = new FakeContext();
    private final Receiver peer = new Receiver();
    private final Told told = new Told();

    @AfterEach
    void close() {
        peer.close();
    }

    @Test
    void shouldReadFromTheBeginningAndSendNothingBeforeTheEnd() {
        AlertmanagerSinkTask task = started(Map.of());
        assertThat(context.offsets).containsEntry(Told.PARTITION, 0L);

        task.put(List.of());
        task.put(List.of(told.open(SERVER, KIND, BEFORE)));
        assertThat(peer.requests()).isEmpty();
        assertThat(task.preCommit(Map.of())).as("nothing is delivered").isEmpty();
        task.put(List.of(told.resolved(SERVER, KIND, BEFORE), told.open("b", KIND, BEFORE)));
        assertThat(peer.requests()).isEmpty();

        task.put(List.of());
        assertThat(sent(0))
                .extracting(AlertmanagerSinkTaskTest::server)
                .containsExactly("b", SERVER);
        assertThat(sent(0).get(1).get("endsAt").asText()).isEqualTo(BEFORE.toString());
        assertThat(task.preCommit(Map.of()))
                .isEqualTo(Map.of(Told.PARTITION, new OffsetAndMetadata(3)));
    }

    @Test
    void shouldSendAtOnceWhenARecordIsYoungerThanTheTask() {
        AlertmanagerSinkTask task = started(Map.of());

        task.put(List.of(told.open(SERVER, KIND, clock.instant())));

        assertThat(peer.requests()).hasSize(1);
        assertThat(peer.requests().get(0).path()).isEqualTo("/api/v2/alerts");
    }

    @Test
    void shouldNotTellOfWhatEndedLongAgo() {
        AlertmanagerSinkTask task = started(Map.of());
        task.put(List.of(told.resolved(SERVER, KIND, clock.instant().minusSeconds(1_000))));

        task.put(List.of());

        assertThat(peer.requests()).isEmpty();
        assertThat(task.preCommit(Map.of())).as("it is delivered all the same").hasSize(1);
    }

    @Test
    void shouldRepeatWhatIsOpenAndProlongIt() {
        AlertmanagerSinkTask task = caughtUp(Map.of());
        task.put(List.of(told.open(SERVER, KIND, clock.instant())));
        String end = sent(0).get(0).get("endsAt").asText();
        assertThat(end).isEqualTo(clock.instant().plusSeconds(900).toString());

        clock.pass(Duration.ofSeconds(59));
        task.put(List.of());
        assertThat(peer.requests()).as("not due").hasSize(1);
        assertThat(context.timeout).isEqualTo(1_000);
        clock.pass(Duration.ofSeconds(1));
        task.put(List.of());

        JsonNode repeated = sent(1).get(0);
        assertThat(repeated.get("endsAt").asText())
                .isEqualTo(clock.instant().plusSeconds(900).toString());
        assertThat(repeated.get("labels")).isEqualTo(sent(0).get(0).get("labels"));
        assertThat(repeated.get("startsAt").asText()).isEqualTo(Told.OPENED.toString());
        assertThat(context.metric("alerts-open")).isEqualTo(1);
        assertThat(context.metric("alerts-sent-total")).isEqualTo(2);
    }

    @Test
    void shouldRepeatAnEndForAWhileAndThenForgetIt() {
        AlertmanagerSinkTask task = caughtUp(Map.of());
        task.put(List.of(told.open(SERVER, KIND, clock.instant())));
        task.put(List.of(told.resolved(SERVER, KIND, clock.instant())));
        Instant end = clock.instant();
        assertThat(sent(1).get(0).get("endsAt").asText()).isEqualTo(end.toString());
        assertThat(sent(1).get(0).get("labels")).isEqualTo(sent(0).get(0).get("labels"));
        assertThat(context.metric("alerts-open")).isZero();

        clock.pass(Duration.ofMinutes(1));
        task.put(List.of());
        assertThat(sent(2).get(0).get("endsAt").asText()).isEqualTo(end.toString());
        clock.pass(Duration.ofMinutes(15));
        task.put(List.of());
        int requests = peer.requests().size();
        clock.pass(Duration.ofMinutes(1));
        task.put(List.of());
        assertThat(peer.requests()).hasSize(requests);
    }

    @Test
    void shouldEndWhatWasDeletedWhileOpen() {
        AlertmanagerSinkTask task = caughtUp(Map.of());
        task.put(List.of(told.open(SERVER, KIND, clock.instant())));

        task.put(List.of(told.tombstone(SERVER + "/" + KIND, clock.instant())));

        assertThat(sent(1).get(0).get("endsAt").asText()).isEqualTo(clock.instant().toString());
    }

    @Test
    void shouldLoseNothingWhileNobodyAnswers() {
        AlertmanagerSinkTask task = caughtUp(Map.of());
        List<SinkRecord> batch =
                List.of(
                        told.open(SERVER, KIND, clock.instant()),
                        told.record("c", Told.value("Not a server", KIND, "OPEN"), BEFORE));
        peer.next(Reply.of(503), Reply.of(503));

        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(() -> task.put(batch))
                    .isInstanceOf(RetriableException.class)
                    .hasMessageContaining("HTTP 503");
            assertThat(context.timeout).isEqualTo(5_000);
            assertThat(task.preCommit(Map.of())).isEmpty();
        }
        task.put(batch);

        assertThat(sent(2)).hasSize(1);
        assertThat(task.preCommit(Map.of()))
                .containsEntry(Told.PARTITION, new OffsetAndMetadata(2));
        assertThat(context.deadLetters).as("reported once").hasSize(1);
        assertThat(context.metric("requests-failed-total")).isEqualTo(2);
    }

    @Test
    void shouldGoOnWithOneOfTwoAndRepeatToBoth() {
        try (Receiver other = new Receiver()) {
            AlertmanagerSinkTask task =
                    caughtUp(Map.of(AlertmanagerConfig.URLS, peer.url() + "," + other.url() + "/"));
            other.next(Reply.of(500));

            task.put(List.of(told.open(SERVER, KIND, clock.instant())));
            clock.pass(Duration.ofMinutes(1));
            task.put(List.of());

            assertThat(peer.requests()).hasSize(2);
            assertThat(other.requests()).hasSize(2);
            assertThat(task.preCommit(Map.of())).hasSize(1);
        }
    }

    @Test
    void shouldPickOutTheOneThatIsRefused() {
        AlertmanagerSinkTask task = caughtUp(Map.of());
        peer.always(
                request ->
                        new String(request.body()).contains("\"s3\"")
                                ? new Reply(400, "bad label", null)
                                : Reply.of(200));

        task.put(
                IntStream.range(0, 8)
                        .mapToObj(server -> told.open("s" + server, KIND, clock.instant()))
                        .toList());

        assertThat(context.deadLetters)
                .singleElement()
                .satisfies(
                        letter -> {
                            assertThat(letter.record().kafkaOffset()).isEqualTo(3);
                            assertThat(letter.reason()).contains("HTTP 400: bad label", "offset 3");
                        });
        assertThat(context.metric("alerts-sent-total")).isEqualTo(7);
        assertThat(context.metric("dead-letters-total")).isEqualTo(1);
        assertThat(context.metric("alerts-open")).isEqualTo(7);
    }

    @Test
    void shouldFailWhenCredentialsAreRefused() {
        AlertmanagerSinkTask task = caughtUp(Map.of());
        peer.next(Reply.of(401));

        assertThatThrownBy(() -> task.put(List.of(told.open(SERVER, KIND, clock.instant()))))
                .isInstanceOf(ConnectException.class)
                .isNotInstanceOf(RetriableException.class)
                .hasMessageContaining("HTTP 401")
                .hasMessageContaining("alertmanager.urls");
        assertThat(task.preCommit(Map.of())).isEmpty();
    }

    @Test
    void shouldFailOnABadRecordWithoutADeadLetterTopic() {
        context.deadLetterTopic = false;
        AlertmanagerSinkTask task = caughtUp(Map.of());

        assertThatThrownBy(() -> task.put(List.of(told.record("k", "text", BEFORE))))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("exit-pool-alerts partition 0 offset 0")
                .hasMessageContaining("errors.deadletterqueue.topic.name");
    }

    @Test
    void shouldForgetWhatAnotherTaskHasNow() {
        AlertmanagerSinkTask task = caughtUp(Map.of());
        task.put(List.of(told.open(SERVER, KIND, clock.instant())));

        task.close(List.of(Told.PARTITION));

        assertThat(context.metric("alerts-open")).isZero();
        assertThat(task.preCommit(Map.of())).isEmpty();
    }

    @Test
    void shouldCarryCredentials() {
        AlertmanagerSinkTask task =
                caughtUp(Map.of("auth.basic.username", "u", "auth.basic.password", "p"));

        task.put(List.of(told.open(SERVER, KIND, clock.instant())));

        assertThat(peer.requests().get(0).headers().getFirst("Authorization"))
                .isEqualTo("Basic dTpw");
    }

    private AlertmanagerSinkTask caughtUp(Map<String, String> settings) {
        AlertmanagerSinkTask task = started(settings);
        // A record that is skipped shows the present as well as any.
        task.put(
                List.of(
                        new SinkRecord(
                                Told.PARTITION.topic(),
                                1,
                                null,
                                "k",
                                null,
                                null,
                                0,
                                clock.millis(),
                                null)));
        task.close(List.of(new TopicPartition("exit-pool-alerts", 1)));
        return task;
    }

    private AlertmanagerSinkTask started(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of(AlertmanagerConfig.URLS, peer.url()));
        all.putAll(settings);
        AlertmanagerSinkTask task = new AlertmanagerSinkTask(clock);
        task.initialize(context);
        task.start(all);
        task.open(List.of(Told.PARTITION));
        return task;
    }

    /** The alerts of a request. */
    private List<JsonNode> sent(int request) {
        List<JsonNode> alerts = new ArrayList<>();
        peer.requests().get(request).json().forEach(alerts::add);
        return alerts;
    }

    private static String server(JsonNode alert) {
        return alert.get("labels").get("server").asText();
    }
}
