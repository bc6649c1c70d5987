package io.exitpool.streams.config;

import io.exitpool.schemas.topic.TopicDefinitions;
import io.exitpool.schemas.topic.Topics;
import io.exitpool.streams.input.DeadLetters;
import io.exitpool.streams.input.UndecodableHandler;
import io.exitpool.streams.store.RocksDbMemory;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** What Kafka Streams is told: the operator's {@code kafka.} keys, then what is fixed by design. */
public final class StreamsSettings {
    private static final int HEARTBEATS_PER_SESSION = 3;
    private static final long COMMIT_RETRY_MS = 5;
    private static final int RESTORE_FETCH_BYTES = 8 << 20;
    private static final int RESTORE_POLL_RECORDS = 10_000;

    /** A transaction of a busy instance has some 100 KiB a partition: one batch, not seven. */
    private static final int BATCH_BYTES = 1 << 17;

    private static final int FETCH_MIN_BYTES = 1 << 18;
    private static final int FETCH_MAX_WAIT_MS = 100;

    private StreamsSettings() {}

    public static Map<String, Object> of(
            AppConfig config, Part part, DeadLetters deadLetters, RocksDbMemory memory) {
        Map<String, Object> settings = new HashMap<>();
        boolean decides = part == Part.ALLOCATION;
        Duration commit = decides ? config.commitInterval() : config.insightCommitInterval();
        int threads = decides ? config.threads() : config.insightThreads();
        // As long as a commit may wait, so that a poll without records does not hold one up.
        settings.put(StreamsConfig.POLL_MS_CONFIG, commit.toMillis());
        // What an instance that is gone wrote last keeps readers waiting for as long.
        settings.put(
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                (int) Math.max(config.sessionTimeout().toMillis(), commit.toMillis()));
        // A commit that meets the end of the one before it is refused, and asked for again: Kafka's
        // 100 ms are what decisions would wait. It grows as long as it is refused.
        settings.put(
                StreamsConfig.producerPrefix(ProducerConfig.RETRY_BACKOFF_MS_CONFIG),
                COMMIT_RETRY_MS);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), BATCH_BYTES);
        restoreInBulk(settings);
        if (decides && !isStreamsProtocol(config.connection().kafka())) {
            // The main consumer sees to it that configurations come first.
            settings.put(
                    StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
        }
        settings.putAll(config.connection().kafka());
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, part.applicationId());
        settings.put(StreamsConfig.STATE_DIR_CONFIG, config.stateDir().toString());
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, config.guarantee().streams());
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commit.toMillis());
        settings.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, config.standbyReplicas());
        settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, config.replicationFactor());
        settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0L);
        settings.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        settings.put(
                StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
                UndecodableHandler.class);
        settings.put(UndecodableHandler.DEAD_LETTERS, deadLetters);
        // There is no global table; without this Kafka Streams warns that there might be one.
        settings.put("processing.exception.handler.global.enabled", true);
        settings.put(RocksDbMemory.SETTING, memory);
        settings.put(
                StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
                TopicDefinitions.of(Topics.DEAD_LETTERS).maxMessageBytes());
        if (!decides) {
            fetchSeldom(settings);
        }
        membership(settings, config);
        return settings;
    }

    /** A restore waits for the broker at each fetch; a million rows are some hundred megabytes. */
    private static void restoreInBulk(Map<String, Object> settings) {
        settings.put(
                StreamsConfig.restoreConsumerPrefix(
                        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG),
                RESTORE_FETCH_BYTES);
        settings.put(
                StreamsConfig.restoreConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG),
                RESTORE_POLL_RECORDS);
    }

    /**
     * The allocation commits some hundred times a second, and each commit would be fetched on its
     * own: work for the brokers that decisions wait behind. Nobody waits for statistics that long.
     */
    private static void fetchSeldom(Map<String, Object> settings) {
        settings.put(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.FETCH_MIN_BYTES_CONFIG),
                FETCH_MIN_BYTES);
        settings.put(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG),
                FETCH_MAX_WAIT_MS);
    }

    private static void membership(Map<String, Object> settings, AppConfig config) {
        if (isStreamsProtocol(settings)) {
            // The brokers decide there, and the client refuses to be told.
            return;
        }
        int session = (int) config.sessionTimeout().toMillis();
        settings.put(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG),
                session);
        settings.put(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
                session / HEARTBEATS_PER_SESSION);
        config.instanceId()
                .ifPresent(
                        id ->
                                settings.put(
                                        StreamsConfig.mainConsumerPrefix(
                                                ConsumerConfig.GROUP_INSTANCE_ID_CONFIG),
                                        id));
    }

    private static boolean isStreamsProtocol(Map<String, Object> kafka) {
        return "streams".equalsIgnoreCase(String.valueOf(kafka.get("group.protocol")));
    }
}
