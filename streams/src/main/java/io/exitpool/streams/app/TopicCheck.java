package io.exitpool.streams.app;

import io.exitpool.schemas.topic.TopicDefinition;
import io.exitpool.schemas.topic.TopicDefinitions;
import io.exitpool.schemas.topic.Topics;
import io.exitpool.streams.app.StartException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * What must be true of the topics before anything is allocated: they exist, those by server have
 * the same number of partitions, and the events' time is the broker's. Each would otherwise show
 * only as wrong answers later.
 */
final class TopicCheck {
    private static final int TIMEOUT_MS = (int) Duration.ofSeconds(15).toMillis();

    private TopicCheck() {}

    /**
     * The number of partitions by server.
     *
     * @throws StartException when Kafka does not answer or the topics are not as they must be
     */
    static int partitions(Admin admin, String brokers) {
        try {
            int partitions = equalPartitions(admin, brokers);
            checkTimestamps(admin, brokers);
            return partitions;
        } catch (KafkaException e) {
            throw unreachable(brokers, e);
        }
    }

    private static int equalPartitions(Admin admin, String brokers) {
        // Of Connect's own topic an instance knows nothing.
        List<TopicDefinition> definitions =
                TopicDefinitions.load().stream()
                        .filter(topic -> !topic.name().equals(Topics.CONNECT_DEAD_LETTERS))
                        .toList();
        List<String> all = definitions.stream().map(TopicDefinition::name).toList();
        Map<String, KafkaFuture<TopicDescription>> described =
                admin.describeTopics(all, new DescribeTopicsOptions().timeoutMs(TIMEOUT_MS))
                        .topicNameValues();
        Map<String, Integer> partitions = new TreeMap<>();
        List<String> missing = new ArrayList<>();
        for (String topic : all) {
            try {
                partitions.put(topic, described.get(topic).get().partitions().size());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw unreachable(brokers, e.getCause());
                }
                missing.add(topic);
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
        if (!missing.isEmpty()) {
            throw new StartException(
                    Kind.NOT_PREPARED,
                    "Topics are missing on %s: %s. Create them with ./exitpool topics create"
                            .formatted(brokers, String.join(", ", missing)));
        }
        definitions.stream()
                .filter(definition -> !definition.partitionedByServer())
                .map(TopicDefinition::name)
                .forEach(partitions::remove);
        if (partitions.values().stream().distinct().count() > 1) {
            throw new StartException(
                    Kind.NOT_PREPARED,
                    "The topics by server must have equal partition counts, for a server's records"
                            + " to meet: "
                            + partitions
                            + ". ./exitpool topics create says what differs");
        }
        return partitions.get(Topics.SESSION_EVENTS.name());
    }

    private static void checkTimestamps(Admin admin, String brokers) {
        ConfigResource events =
                new ConfigResource(ConfigResource.Type.TOPIC, Topics.SESSION_EVENTS.name());
        String type;
        try {
            type =
                    admin.describeConfigs(
                                    List.of(events),
                                    new DescribeConfigsOptions().timeoutMs(TIMEOUT_MS))
                            .all()
                            .get()
                            .get(events)
                            .get(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG)
                            .value();
        } catch (ExecutionException e) {
            throw unreachable(brokers, e.getCause());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        if (!type.equals("LogAppendTime")) {
            throw new StartException(
                    Kind.NOT_PREPARED,
                    ("%s must have %s=LogAppendTime, because append times are the "
                                    + "pools' clock; it has %s. ./exitpool topics create says what "
                                    + "differs")
                            .formatted(
                                    Topics.SESSION_EVENTS.name(),
                                    TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                                    type));
        }
    }

    static StartException unreachable(String brokers, Throwable cause) {
        return new StartException(
                Kind.UNREACHABLE,
                ("Kafka at %s does not answer as it should (%s): check "
                                + "bootstrap.servers and the kafka.* settings for security")
                        .formatted(brokers, cause.getMessage()),
                cause);
    }

    private static StartException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new StartException(Kind.LOCAL, "interrupted while asking Kafka for its topics", e);
    }
}
