package io.exitpool.connect.alerts;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.exitpool.connect.alerts.AlertBoard.Standing;
import io.exitpool.connect.alerts.http.Answer;
import io.exitpool.connect.alerts.http.JsonClient;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells Alertmanagers how alerts stand, at each change and again and again.
 *
 * <p>What is open is read anew from the beginning of the topic at each start: it is compacted, so
 * that is a few thousand records at most, and offsets stay what they are, the place up to which all
 * was delivered. Holding them back at the oldest open alert would also do, but then the lag of the
 * group would mean nothing. While the topic is read, nothing is sent, because an old record may be
 * followed by its end; the present is reached with a record written since the start, or when a poll
 * brings no more.
 */
public final class AlertmanagerSinkTask extends SinkTask {
    private static final Logger LOG = LoggerFactory.getLogger(AlertmanagerSinkTask.class);

    /** Alerts in a request; about 1 kB each. */
    private static final int BATCH = 256;

    /** Longer than a fetch waits at the broker, so that an empty poll means the end. */
    private static final long CATCH_UP_POLL_MILLIS = 2_000;

    private final Clock clock;
    private final AlertBoard board = new AlertBoard();
    private final ReadOffsets offsets = new ReadOffsets();

    private AlertmanagerConfig config;
    private AlertmanagerNotice notice;
    private AlertmanagerPeers peers;
    private DeadLetters deadLetters;
    private TaskMetrics metrics;

    private boolean catchingUp = true;
    private boolean sawRecords;
    private Instant startedAt = Instant.EPOCH;
    private Instant repeatAt = Instant.EPOCH;

    /** For the worker. */
    public AlertmanagerSinkTask() {
        this(Clock.systemUTC());
    }

    AlertmanagerSinkTask(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String version() {
        return PluginVersion.VERSION;
    }

    @Override
    public void start(Map<String, String> settings) {
        config = new AlertmanagerConfig(settings);
        metrics = new TaskMetrics(context.pluginMetrics());
        metrics.gauge("alerts-open", "Alerts that are open.", board::open);
        deadLetters = new DeadLetters(context, metrics);
        notice = new AlertmanagerNotice(config);
        peers = new AlertmanagerPeers(config.endpoints(), new JsonClient(config.http()), metrics);
    }

    @Override
    public void open(Collection<TopicPartition> partitions) {
        offsets.forget(partitions);
        partitions.forEach(partition -> context.offset(partition, 0));
        catchingUp = true;
        sawRecords = false;
        startedAt = clock.instant();
        context.timeout(CATCH_UP_POLL_MILLIS);
    }

    @Override
    public void close(Collection<TopicPartition> partitions) {
        board.forget(partitions);
        offsets.forget(partitions);
    }

    /**
     * Takes changes in, and sends what is due.
     *
     * @throws RetriableException if no Alertmanager answers
     * @throws ConnectException if all refuse whatever they are sent
     */
    @Override
    public void put(Collection<SinkRecord> records) {
        records.stream().filter(offsets::next).forEach(this::take);
        Instant now = clock.instant();
        if (catchingUp && !reachedThePresent(records)) {
            context.timeout(CATCH_UP_POLL_MILLIS);
            return;
        }
        if (catchingUp) {
            catchingUp = false;
            repeatAt = now;
            board.forgetEndedBefore(now.minus(config.expireAfter()));
            LOG.info("The topic was read: {} alerts are open", board.open());
        }
        boolean repeat = !now.isBefore(repeatAt);
        send(repeat ? board.all() : board.unsent(), now);
        if (repeat) {
            repeatAt = now.plus(config.repeatInterval());
        }
        offsets.delivered();
        board.forgetToldBefore(now.minus(config.expireAfter()));
        context.timeout(Math.max(1, repeatAt.toEpochMilli() - clock.millis()));
    }

    @Override
    public Map<TopicPartition, OffsetAndMetadata> preCommit(
            Map<TopicPartition, OffsetAndMetadata> current) {
        return offsets.committable(current);
    }

    @Override
    public void stop() {}

    private void take(SinkRecord record) {
        if (record.value() == null) {
            board.deleted(String.valueOf(record.key()), record, clock.instant());
            return;
        }
        try {
            board.put(AlertReader.read(record.value()), record);
        } catch (DataException e) {
            deadLetters.report(record, e.getMessage());
        }
    }

    private boolean reachedThePresent(Collection<SinkRecord> records) {
        boolean readAll = records.isEmpty() && sawRecords;
        sawRecords |= !records.isEmpty();
        return readAll
                || records.stream()
                        .map(SinkRecord::timestamp)
                        .anyMatch(time -> time != null && time >= startedAt.toEpochMilli());
    }

    private void send(List<Standing> due, Instant now) {
        AlertmanagerPeers.Round round = peers.round();
        for (int from = 0; from < due.size(); from += BATCH) {
            send(round, due.subList(from, Math.min(due.size(), from + BATCH)), now);
        }
    }

    /** Halves what is refused, so that one alert that nobody takes does not hold up others. */
    private void send(AlertmanagerPeers.Round round, List<Standing> alerts, Instant now) {
        Answer answer = round.post(document(alerts, now));
        switch (answer.verdict()) {
            case ACCEPTED -> {
                board.sent(alerts);
                metrics.sent(alerts.size());
            }
            case REFUSED -> {
                if (alerts.size() > 1) {
                    send(round, alerts.subList(0, alerts.size() / 2), now);
                    send(round, alerts.subList(alerts.size() / 2, alerts.size()), now);
                } else {
                    board.remove(alerts.get(0));
                    deadLetters.report(alerts.get(0).record(), answer.detail());
                }
            }
            case UNAVAILABLE -> {
                context.timeout(config.backoff().toMillis());
                throw new RetriableException(
                        "No Alertmanager takes alerts, trying again: " + answer.detail());
            }
            case MISCONFIGURED ->
                    throw new ConnectException(
                            "%s; see whether %s and the credentials are right, then restart the task"
                                    .formatted(answer.detail(), AlertmanagerConfig.URLS));
        }
    }

    private byte[] document(List<Standing> alerts, Instant now) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode(alerts.size());
        alerts.forEach(one -> json.add(notice.write(one.alert(), now)));
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }
}
