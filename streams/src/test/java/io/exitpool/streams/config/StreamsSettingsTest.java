package io.exitpool.streams.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.streams.input.DeadLetters;
import io.exitpool.streams.store.RocksDbMemory;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

class StreamsSettingsTest {

    @Test
    void shouldRunExactlyOnceAndCommitAtLeastTenTimesASecond() {
        StreamsConfig streams = streams(Map.of());

        assertThat(streams.getString(StreamsConfig.APPLICATION_ID_CONFIG))
                .isEqualTo("exitpool-allocation");
        assertThat(streams.getString(StreamsConfig.PROCESSING_GUARANTEE_CONFIG))
                .isEqualTo(StreamsConfig.EXACTLY_ONCE_V2);
        assertThat(streams.getLong(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG)).isEqualTo(100);
        assertThat(streams.getLong(StreamsConfig.POLL_MS_CONFIG)).isEqualTo(100);
        assertThat(streams.getLong(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG)).isZero();
    }

    @Test
    void shouldNameTheInstanceAndNoticeSoonWhenItIsGone() {
        Map<String, Object> consumer =
                streams(Map.of("group.instance.id", "a", "session.timeout.ms", "9000"))
                        .getMainConsumerConfigs("group", "client", 0);

        assertThat(consumer)
                .containsEntry(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, "a-0")
                .containsEntry(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 9_000)
                .containsEntry(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 3_000)
                .containsEntry(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")
                .containsEntry(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    }

    @Test
    void shouldKeepReadersWaitingNoLongerThanItsPartitions() {
        assertThat(settings(Part.ALLOCATION, Map.of("session.timeout.ms", "9000")))
                .containsEntry("transaction.timeout.ms", 9_000);
        assertThat(
                        settings(
                                Part.ALLOCATION,
                                Map.of(
                                        "session.timeout.ms", "1000",
                                        "commit.interval.ms", "2000")))
                .containsEntry("transaction.timeout.ms", 2_000);
    }

    @Test
    void shouldLetInsightFetchSeldomAndTheAllocationAtOnce() {
        Map<String, Object> allocation = settings(Part.ALLOCATION, Map.of());
        Map<String, Object> insight = settings(Part.INSIGHT, Map.of());

        assertThat(insight)
                .containsEntry("main.consumer.fetch.max.wait.ms", 100)
                .containsEntry(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 200L);
        assertThat(allocation.keySet()).noneMatch(key -> key.startsWith("main.consumer.fetch"));
    }

    @Test
    void shouldNotLetKafkaStreamsWaitWhereTheConsumerDoes() {
        Map<String, String> streamsProtocol = Map.of("kafka.group.protocol", "streams");

        assertThat(settings(Map.of())).containsEntry(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, -1L);
        assertThat(settings(streamsProtocol))
                .doesNotContainKey(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG);
        assertThat(settings(Part.INSIGHT, Map.of()))
                .doesNotContainKey(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG);
    }

    @Test
    void shouldLetTheBrokersDecideWithTheStreamsProtocol() {
        Map<String, Object> settings = settings(Map.of("kafka.group.protocol", "streams"));

        assertThat(settings.keySet()).noneMatch(key -> key.contains("session.timeout"));
    }

    @Test
    void shouldBeAbleToSendTheLargestDeadLetter() {
        assertThat(
                        streams(Map.of())
                                .getProducerConfigs("client")
                                .get(ProducerConfig.MAX_REQUEST_SIZE_CONFIG))
                .isEqualTo(9_437_184);
    }

    @Test
    void shouldSoonAskAgainForACommitThatWasRefused() {
        assertThat(producer(Map.of())).containsEntry(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 5L);
        assertThat(producer(Map.of("kafka.producer.retry.backoff.ms", "100")))
                .containsEntry(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, "100");
    }

    @Test
    void shouldPassOnWhatAnOperatorSaysToKafkasClients() {
        StreamsConfig streams =
                streams(
                        Map.of(
                                "kafka.security.protocol", "SSL",
                                "kafka.poll.ms", "3",
                                "kafka.producer.linger.ms", "0"));

        assertThat(streams.getLong(StreamsConfig.POLL_MS_CONFIG)).isEqualTo(3);
        assertThat(streams.getProducerConfigs("client"))
                .containsEntry("security.protocol", "SSL")
                .containsEntry("linger.ms", "0");
    }

    private static Map<String, Object> producer(Map<String, String> settings) {
        return streams(settings).getProducerConfigs("client");
    }

    private static StreamsConfig streams(Map<String, String> settings) {
        return new StreamsConfig(settings(settings));
    }

    private static Map<String, Object> settings(Map<String, String> settings) {
        return settings(Part.ALLOCATION, settings);
    }

    private static Map<String, Object> settings(Part part, Map<String, String> settings) {
        try (RocksDbMemory memory = new RocksDbMemory(32 << 20)) {
            return StreamsSettings.of(
                    AppConfig.of(settings),
                    part,
                    new DeadLetters(new SimpleMeterRegistry()),
                    memory);
        }
    }
}
