package io.exitpool.connect.alerts;

import io.exitpool.connect.alerts.http.Answer;
import io.exitpool.connect.alerts.http.HttpSettings;
import io.exitpool.connect.alerts.http.JsonClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;

/**
 * Posts each record once it is accepted once, in order. An alert that cannot be delivered now holds
 * up those after it; one that never can be is a dead letter.
 */
public final class WebhookSinkTask extends SinkTask {

    /** How long one call may send: well below the time after which a worker is thought dead. */
    private static final Duration BUDGET = Duration.ofSeconds(30);

    private final Clock clock;
    private final Queue<SinkRecord> waiting = new ArrayDeque<>();
    private final ReadOffsets offsets = new ReadOffsets();

    private WebhookConfig config;
    private WebhookDocument document;
    private JsonClient client;
    private RetryPlan retries;
    private DeadLetters deadLetters;
    private TaskMetrics metrics;

    /** For the worker. */
    public WebhookSinkTask() {
        this(Clock.systemUTC());
    }

    WebhookSinkTask(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String version() {
        return PluginVersion.VERSION;
    }

    @Override
    public void start(Map<String, String> settings) {
        config = new WebhookConfig(settings);
        metrics = new TaskMetrics(context.pluginMetrics());
        deadLetters = new DeadLetters(context, metrics);
        document = new WebhookDocument(config.severities(), config.runbook());
        client = new JsonClient(config.http());
        retries = config.retryPlan();
    }

    @Override
    public void close(Collection<TopicPartition> partitions) {
        waiting.removeIf(record -> partitions.contains(ReadOffsets.partition(record)));
        offsets.forget(partitions);
    }

    /**
     * Sends what waits, for a while. What is left is sent by the next call, and until then no more
     * is read.
     *
     * @throws RetriableException if the receiver does not answer, or not now
     * @throws ConnectException if it did not for too long, or refuses whatever it is sent
     */
    @Override
    public void put(Collection<SinkRecord> records) {
        records.stream().filter(offsets::next).forEach(waiting::add);
        Instant until = clock.instant().plus(BUDGET);
        while (!waiting.isEmpty() && clock.instant().isBefore(until)) {
            SinkRecord record = waiting.element();
            deliver(record);
            waiting.remove();
            offsets.delivered(record);
        }
        TopicPartition[] partitions = context.assignment().toArray(new TopicPartition[0]);
        if (waiting.isEmpty()) {
            context.resume(partitions);
        } else {
            context.pause(partitions);
            context.timeout(1);
        }
    }

    @Override
    public Map<TopicPartition, OffsetAndMetadata> preCommit(
            Map<TopicPartition, OffsetAndMetadata> current) {
        return offsets.committable(current);
    }

    @Override
    public void stop() {}

    /** A tombstone is no news: it follows the end by 30 days. */
    private void deliver(SinkRecord record) {
        if (record.value() == null) {
            return;
        }
        PoolAlert alert;
        try {
            alert = AlertReader.read(record.value());
        } catch (DataException e) {
            deadLetters.report(record, e.getMessage());
            return;
        }
        Answer answer = post(alert);
        if (answer.accepted()) {
            metrics.sent(1);
        } else {
            metrics.failed();
        }
        switch (answer.verdict()) {
            case ACCEPTED -> retries.reset();
            case REFUSED -> {
                retries.reset();
                deadLetters.report(record, "the receiver answers " + answer.detail());
            }
            case UNAVAILABLE -> throw retryOrGiveUp(answer);
            case MISCONFIGURED ->
                    throw new ConnectException(
                            "%s answers %s; see whether %s and the credentials are right, then restart"
                                            .formatted(origin(), answer.detail(), WebhookConfig.URL)
                                    + " the task: it goes on with the same alert");
        }
    }

    private Answer post(PoolAlert alert) {
        byte[] body = document.write(alert);
        Map<String, String> headers = new HashMap<>(config.headers());
        headers.put(WebhookDocument.KEY_HEADER, WebhookDocument.key(alert));
        config.signature().ifPresent(sign -> headers.put(HmacSignature.HEADER, sign.of(body)));
        return client.post(config.url(), body, headers).join();
    }

    private ConnectException retryOrGiveUp(Answer answer) {
        OptionalLong wait = retries.failed(clock.instant(), answer.retryAfterMillis());
        if (wait.isEmpty()) {
            return new ConnectException(
                    "%s did not take an alert for %s (%s): %s. Bring it back, then restart the task:"
                                    .formatted(
                                            origin(),
                                            Duration.ofMillis(
                                                    config.getLong(WebhookConfig.GIVE_UP)),
                                            WebhookConfig.GIVE_UP,
                                            answer.detail())
                            + " it goes on with the same alert");
        }
        context.timeout(wait.getAsLong());
        return new RetriableException(
                "%s does not take alerts (%s); trying again in %d ms"
                        .formatted(origin(), answer.detail(), wait.getAsLong()));
    }

    private String origin() {
        return HttpSettings.origin(config.url());
    }
}
