package io.exitpool.bench.throughput;

import io.exitpool.bench.stack.Broker;
import io.exitpool.operator.topics.TopicCreation;
import io.exitpool.schemas.topic.TopicDefinition;
import io.exitpool.schemas.topic.TopicDefinitions;
import io.exitpool.schemas.topic.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InterruptException;

/**
 * What the broker holds between two turns: the events and the configurations, and nothing that a
 * reader of them left, so that every turn begins alike.
 */
final class Slate {
    private static final Set<String> KEPT =
            Set.of(Topics.SESSION_EVENTS.name(), Topics.POOL_CONFIGS.name());
    private static final String KAFKAS_OWN = "__";
    private static final Duration WITHIN = Duration.ofSeconds(60);
    private static final long PAUSE_MILLIS = 20;

    private final Broker broker;
    private final Admin admin;

    Slate(Broker broker, Admin admin) {
        this.broker = broker;
        this.admin = admin;
    }

    /** Events stay for as long as the benchmark takes. */
    void keepEvents() {
        ConfigResource topic =
                new ConfigResource(ConfigResource.Type.TOPIC, Topics.SESSION_EVENTS.name());
        AlterConfigOp forEver =
                new AlterConfigOp(
                        new ConfigEntry(TopicConfig.RETENTION_MS_CONFIG, "-1"),
                        AlterConfigOp.OpType.SET);
        get(admin.incrementalAlterConfigs(Map.of(topic, List.of(forEver))).all());
    }

    /** Removes groups, what they wrote, and their changelogs; creates Exitpool's topics anew. */
    void clean() {
        Set<String> groups =
                get(admin.listGroups().all()).stream()
                        .map(group -> group.groupId())
                        .collect(Collectors.toSet());
        get(admin.deleteConsumerGroups(groups).all());
        Predicate<String> left = name -> !KEPT.contains(name) && !name.startsWith(KAFKAS_OWN);
        Set<String> topics = topics().stream().filter(left).collect(Collectors.toSet());
        get(admin.deleteTopics(topics).all());
        await(() -> topics().stream().noneMatch(left));
        TopicCreation.run(
                broker.connection(),
                TopicCreation.Options.DEFAULT.withPartitions(broker.partitions()));
        Set<String> own =
                TopicDefinitions.load().stream()
                        .map(TopicDefinition::name)
                        .collect(Collectors.toSet());
        await(() -> topics().containsAll(own));
    }

    /** A topic as the decisions', for somebody else's answers. */
    void createLikeDecisions(String name) {
        TopicDefinition like = TopicDefinitions.of(Topics.DECISIONS.name());
        get(
                admin.createTopics(
                                List.of(
                                        new NewTopic(name, broker.partitions(), (short) 1)
                                                .configs(like.configs(1))))
                        .all());
        await(() -> topics().contains(name));
    }

    /** Waits until no transaction is open: what was committed can be read. */
    void settle() {
        Set<TransactionState> open =
                Set.of(
                        TransactionState.ONGOING,
                        TransactionState.PREPARE_COMMIT,
                        TransactionState.PREPARE_ABORT,
                        TransactionState.PREPARE_EPOCH_FENCE);
        ListTransactionsOptions filter = new ListTransactionsOptions().filterStates(open);
        await(() -> get(admin.listTransactions(filter).all()).isEmpty());
    }

    /** The end of a topic that is partitioned by server, all partitions together. */
    long end(String topic) {
        Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
        for (int i = 0; i < broker.partitions(); i++) {
            partitions.put(new TopicPartition(topic, i), OffsetSpec.latest());
        }
        return get(admin.listOffsets(partitions).all()).values().stream()
                .mapToLong(found -> found.offset())
                .sum();
    }

    /** Bytes of all topics whose name is so, as they are on disk. */
    long bytes(Predicate<String> topic) {
        int node =
                get(admin.describeCluster().nodes()).stream()
                        .mapToInt(n -> n.id())
                        .findFirst()
                        .orElseThrow();
        return get(admin.describeLogDirs(List.of(node)).allDescriptions())
                .get(node)
                .values()
                .stream()
                .flatMap(directory -> directory.replicaInfos().entrySet().stream())
                .filter(replica -> topic.test(replica.getKey().topic()))
                .mapToLong(replica -> replica.getValue().size())
                .sum();
    }

    private Set<String> topics() {
        return get(admin.listTopics().names());
    }

    private static void await(BooleanSupplier done) {
        long deadline = System.nanoTime() + WITHIN.toNanos();
        try {
            while (!done.getAsBoolean()) {
                if (System.nanoTime() > deadline) {
                    throw new KafkaException("the broker is not done within " + WITHIN);
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new KafkaException("the broker refuses", e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
