package io.exitpool.connect.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The task while its name server is away: nothing listens where it looks. */
class ReverseDnsSinkTaskTest {

    private static final TopicPartition DECISIONS = new TopicPartition(Records.DECISIONS, 0);
    private static final TopicPartition CONFIGS = new TopicPartition(Records.CONFIGS, 0);

    private final TaskContext context = new TaskContext();
    private final ReverseDnsSinkTask task = new ReverseDnsSinkTask();

    @AfterEach
    void stop() {
        task.stop();
    }

    @Test
    void shouldReadConfigurationsFromTheBeginningAndCommitNoneOfThem() {
        start(Map.of());
        task.open(List.of(DECISIONS, CONFIGS));
        task.put(
                List.of(
                        Records.config(0, "s", 0, 10, "192.0.2.0"),
                        Records.rejected(0, "s"),
                        Records.rejected(1, "s")));

        assertThat(context.rewound).containsExactly(Map.entry(CONFIGS, 0L));
        assertThat(task.preCommit(Map.of()))
                .containsExactly(Map.entry(DECISIONS, new OffsetAndMetadata(2)));
        assertThat(context.metric("decisions-read")).isEqualTo(2);
    }

    @Test
    void shouldReadOnAndCommitNothingThatIsNotConfirmed() {
        start(Map.of());
        task.put(List.of(Records.rejected(4, "s"), granted(5)));
        task.put(List.of(granted(6)));

        assertThat(task.preCommit(Map.of()).get(DECISIONS).offset()).isEqualTo(5);
        assertThat(context.timeoutMillis).isBetween(1L, 500L);
        assertThat(context.metric("changes-waiting")).isEqualTo(2);
        assertThat(context.metric("exchanges-failed")).isEqualTo(1);
        assertThat(context.metric("lag-ms")).isPositive();
    }

    @Test
    void shouldHoldRecordsBackOnceItsBufferIsFull() {
        start(Map.of("buffer.addresses", "1"));
        task.put(List.of(granted(5)));

        assertThatThrownBy(() -> task.put(List.of(granted(6))))
                .isInstanceOf(RetriableException.class)
                .hasMessageContaining("'buffer.addresses'");
        assertThat(context.timeoutMillis).isPositive();
        assertThat(context.metric("changes-waiting")).isEqualTo(1);
    }

    @Test
    void shouldReportWhatItCannotPlace() {
        start(Map.of());
        task.put(List.of(Records.granted(5, "s", 1, "203.0.113.1", null)));

        assertThat(context.reported).singleElement().asString().contains("'zones'");
        assertThat(task.preCommit(Map.of()).get(DECISIONS).offset()).isEqualTo(6);
    }

    @Test
    void shouldForgetPartitionsThatAnotherTaskReads() {
        start(Map.of());
        task.put(List.of(granted(5)));
        task.close(List.of(DECISIONS));

        assertThat(task.preCommit(Map.of())).isEmpty();
        assertThat(context.metric("changes-waiting")).isZero();
    }

    private void start(Map<String, String> more) {
        Map<String, String> settings =
                new HashMap<>(
                        Map.of(
                                "dns.server", "127.0.0.1:1",
                                "tsig.key.name", "exitpool",
                                "tsig.key.secret", "c2VjcmV0",
                                "zones", "192.0.2.0/24",
                                "linger.ms", "0",
                                "ptr.granted", "{address-dashed}.{server}.example.net"));
        settings.putAll(more);
        task.initialize(context);
        task.start(settings);
    }

    private static SinkRecord granted(int offset) {
        return Records.granted(offset, "s", offset, "192.0.2." + offset, null);
    }
}
