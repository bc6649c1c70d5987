package io.exitpool.agent;

import io.exitpool.schemas.connection.Connection;
import io.exitpool.schemas.topic.ServerPartition;
import io.exitpool.schemas.topic.Topic;
import io.exitpool.schemas.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Where one server's records are. Events, configurations and decisions must have the same number of
 * partitions: otherwise the allocator's task of one topic would hear of servers whose configuration
 * another task reads.
 */
final class ServerTopics {
    private static final int TIMEOUT_MILLIS = 15_000;
    private static final Duration NEW_TOPIC_WAIT = Duration.ofSeconds(2);
    private static final Duration RETRY_PAUSE = Duration.ofMillis(100);

    private final Map<String, Integer> partitions;
    private final String server;

    /** What an agent writes and reads, and the configurations that must lie beside them. */
    private static final List<Topic<?>> NEEDED =
            List.of(
                    Topics.SESSION_EVENTS,
                    Topics.POOL_CONFIGS,
                    Topics.DECISIONS,
                    Topics.POOL_STATUS);

    private ServerTopics(Map<String, Integer> partitions, String server) {
        this.partitions = partitions;
        this.server = server;
    }

    /**
     * @throws AgentException if a topic is missing or the topics do not fit together
     * @throws TimeoutException if Kafka does not answer
     */
    static ServerTopics find(Connection connection, String server) {
        Map<String, Integer> partitions = new TreeMap<>();
        Map<String, Object> config = connection.admin();
        DescribeTopicsOptions options = new DescribeTopicsOptions();
        if (!config.containsKey(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG)) {
            options.timeoutMs(TIMEOUT_MILLIS);
        }
        try (Admin admin = Admin.create(config)) {
            for (Topic<?> topic : NEEDED) {
                partitions.put(topic.name(), awaitPartitions(admin, topic.name(), options));
            }
        } catch (TimeoutException e) {
            throw new TimeoutException(
                    "Kafka does not answer at " + connection.bootstrapServers(), e);
        } catch (UnknownTopicOrPartitionException e) {
            throw new AgentException(
                    e.getMessage()
                            + " on "
                            + connection.bootstrapServers()
                            + ": create the topics with ./exitpool topics create",
                    e);
        }
        checkEqual(partitions);
        return new ServerTopics(partitions, server);
    }

    TopicPartition of(Topic<?> topic) {
        int count = partitions.get(topic.name());
        return new TopicPartition(topic.name(), ServerPartition.of(server, count));
    }

    static void checkEqual(Map<String, Integer> partitions) {
        List<String> byServer =
                List.of(
                        Topics.SESSION_EVENTS.name(),
                        Topics.POOL_CONFIGS.name(),
                        Topics.DECISIONS.name());
        if (byServer.stream().map(partitions::get).distinct().count() > 1) {
            Map<String, Integer> found = new TreeMap<>(partitions);
            found.keySet().retainAll(byServer);
            throw new AgentException(
                    "These topics must have the same number of partitions, and have "
                            + found
                            + ". Delete them and create them again with ./exitpool topics create");
        }
    }

    /** A broker hears of a new topic a moment after it was created. */
    private static int awaitPartitions(Admin admin, String topic, DescribeTopicsOptions options) {
        long begin = System.nanoTime();
        while (true) {
            try {
                return partitions(admin, topic, options);
            } catch (UnknownTopicOrPartitionException e) {
                if (System.nanoTime() - begin > NEW_TOPIC_WAIT.toNanos()) {
                    throw e;
                }
                LockSupport.parkNanos(RETRY_PAUSE.toNanos());
            }
        }
    }

    private static int partitions(Admin admin, String topic, DescribeTopicsOptions options) {
        try {
            TopicDescription description =
                    admin.describeTopics(List.of(topic), options)
                            .topicNameValues()
                            .get(topic)
                            .get();
            return description.partitions().size();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                throw new UnknownTopicOrPartitionException("There is no topic " + topic, e);
            }
            if (e.getCause() instanceof TimeoutException timeout) {
                throw timeout;
            }
            throw new KafkaException(
                    "Cannot look at " + topic + ": " + e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while looking at " + topic, e);
        }
    }
}
