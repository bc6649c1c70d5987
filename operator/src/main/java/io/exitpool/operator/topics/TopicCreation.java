package io.exitpool.operator.topics;

import io.exitpool.operator.topics.TopicReport.Difference;
import io.exitpool.schemas.connection.Connection;
import io.exitpool.schemas.topic.TopicDefinition;
import io.exitpool.schemas.topic.TopicDefinitions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Creates the topics that do not exist and holds those that do against their definitions. Running
 * it again changes nothing. It never changes partitions: a server's records would go to another
 * partition than its history.
 */
public final class TopicCreation {

    /**
     * How to create.
     *
     * @param partitions of the topics that are keyed by server; the definitions' when empty
     * @param replicationFactor 3, or the number of brokers if there are fewer, when empty
     * @param minInsync replicas that a write must reach; follows from the replication factor when
     *     empty
     * @param overrides settings that count instead of the definitions', by topic
     * @param create whether to create what is missing, or only to look
     * @param alter whether to bring dynamic settings of existing topics into line
     */
    public record Options(
            OptionalInt partitions,
            OptionalInt replicationFactor,
            OptionalInt minInsync,
            Map<String, Map<String, String>> overrides,
            boolean create,
            boolean alter) {

        /** Creates what is missing as defined, and alters nothing. */
        public static final Options DEFAULT =
                new Options(
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        Map.of(),
                        true,
                        false);

        public Options {
            Objects.requireNonNull(partitions, "partitions");
            Objects.requireNonNull(replicationFactor, "replicationFactor");
            Objects.requireNonNull(minInsync, "minInsync");
            overrides = Map.copyOf(overrides);
        }

        public Options withPartitions(int number) {
            return new Options(
                    OptionalInt.of(number), replicationFactor, minInsync, overrides, create, alter);
        }

        public Options withReplicationFactor(int factor) {
            return new Options(
                    partitions, OptionalInt.of(factor), minInsync, overrides, create, alter);
        }

        public Options withOverrides(Map<String, Map<String, String>> byTopic) {
            return new Options(partitions, replicationFactor, minInsync, byTopic, create, alter);
        }
    }

    private static final int REPLICATION_FACTOR = 3;
    private static final Duration KNOWN_WITHIN = Duration.ofSeconds(20);
    private static final String API_TIMEOUT_MILLIS = "20000";
    private static final String REQUEST_TIMEOUT_MILLIS = "10000";

    private final Admin admin;
    private final Options options;
    private final List<String> created = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();
    private final List<String> verified = new ArrayList<>();
    private final List<Difference> altered = new ArrayList<>();
    private final List<Difference> differences = new ArrayList<>();

    private TopicCreation(Admin admin, Options options) {
        this.admin = admin;
        this.options = options;
    }

    /** Creates and verifies all topics. */
    public static TopicReport run(Connection connection, Options options) {
        return run(connection, options, TopicDefinitions.load());
    }

    static TopicReport run(
            Connection connection, Options options, List<TopicDefinition> definitions) {
        Map<String, Object> config = new HashMap<>(connection.admin());
        config.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, API_TIMEOUT_MILLIS);
        config.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MILLIS);
        try (Admin admin = Admin.create(config)) {
            return new TopicCreation(admin, options).run(definitions);
        }
    }

    private TopicReport run(List<TopicDefinition> definitions) {
        Set<String> existing = get(admin.listTopics().names());
        int factor = replicationFactor();
        for (TopicDefinition definition : definitions) {
            if (existing.contains(definition.name())) {
                verified.add(definition.name());
            } else if (options.create()) {
                create(definition, factor);
            } else {
                missing.add(definition.name());
            }
        }
        awaitKnown();
        verify(definitions.stream().filter(d -> verified.contains(d.name())).toList(), factor);
        return new TopicReport(created, missing, verified, altered, differences);
    }

    private int replicationFactor() {
        return options.replicationFactor()
                .orElseGet(
                        () ->
                                Math.min(
                                        REPLICATION_FACTOR,
                                        get(admin.describeCluster().nodes()).size()));
    }

    private void create(TopicDefinition definition, int factor) {
        NewTopic topic =
                new NewTopic(definition.name(), partitions(definition), (short) factor)
                        .configs(configs(definition, factor));
        try {
            get(admin.createTopics(List.of(topic)).all());
            created.add(definition.name());
        } catch (TopicExistsException e) {
            // Somebody else created it meanwhile.
            verified.add(definition.name());
        }
    }

    /** The controller acknowledges a topic a moment before the brokers know of it. */
    private void awaitKnown() {
        long begin = System.nanoTime();
        while (!get(admin.listTopics().names()).containsAll(created)) {
            if (System.nanoTime() - begin > KNOWN_WITHIN.toNanos()) {
                throw new TimeoutException(
                        "the topics were created, but the brokers did not know of them within "
                                + KNOWN_WITHIN.toSeconds()
                                + " s");
            }
        }
    }

    private void verify(List<TopicDefinition> definitions, int factor) {
        List<String> names = definitions.stream().map(TopicDefinition::name).toList();
        Map<String, TopicDescription> descriptions =
                get(admin.describeTopics(names).allTopicNames());
        Map<ConfigResource, Config> configs =
                get(
                        admin.describeConfigs(names.stream().map(TopicCreation::resource).toList())
                                .all());
        for (TopicDefinition definition : definitions) {
            TopicDescription description = descriptions.get(definition.name());
            partitions(definition, description);
            int actualFactor = factor(definition, description, factor);
            configs(definition, actualFactor, configs.get(resource(definition.name())));
        }
    }

    private void partitions(TopicDefinition definition, TopicDescription description) {
        int is = description.partitions().size();
        int should = partitions(definition);
        if (is != should) {
            differences.add(
                    new Difference(
                            definition.name(),
                            "partitions",
                            String.valueOf(is),
                            String.valueOf(should),
                            definition.partitionedByServer()
                                    ? "fixed for life: if all topics by server have "
                                            + is
                                            + ", say --partitions "
                                            + is
                                            + "; otherwise delete and create them while everything"
                                            + " is stopped"
                                    : "harmless if higher"));
        }
    }

    /** The replicas that the topic has; fewer than it should have are a difference. */
    private int factor(TopicDefinition definition, TopicDescription description, int should) {
        int is =
                description.partitions().stream()
                        .mapToInt(partition -> partition.replicas().size())
                        .min()
                        .orElse(should);
        boolean asked = options.replicationFactor().isPresent();
        if (asked ? is != should : is < should) {
            differences.add(
                    new Difference(
                            definition.name(),
                            "replication factor",
                            String.valueOf(is),
                            String.valueOf(should),
                            "reassign the partitions with kafka-reassign-partitions.sh"));
        }
        return is;
    }

    private void configs(TopicDefinition definition, int factor, Config actual) {
        Map<ConfigEntry, Difference> wrong = new HashMap<>();
        configs(definition, factor)
                .forEach(
                        (name, should) -> {
                            ConfigEntry entry = actual.get(name);
                            String is = entry == null ? null : entry.value();
                            if (!should.equals(is)) {
                                Difference difference =
                                        new Difference(
                                                definition.name(),
                                                name,
                                                is == null ? "not set" : is,
                                                should,
                                                "run topics create --alter");
                                if (options.alter()) {
                                    wrong.put(new ConfigEntry(name, should), difference);
                                } else {
                                    differences.add(difference);
                                }
                            }
                        });
        if (!wrong.isEmpty()) {
            List<AlterConfigOp> changes =
                    wrong.keySet().stream()
                            .map(entry -> new AlterConfigOp(entry, AlterConfigOp.OpType.SET))
                            .toList();
            get(admin.incrementalAlterConfigs(Map.of(resource(definition.name()), changes)).all());
            altered.addAll(wrong.values());
        }
    }

    private int partitions(TopicDefinition definition) {
        return options.partitions().isPresent()
                ? definition.partitions(options.partitions().getAsInt())
                : definition.defaultPartitions();
    }

    private Map<String, String> configs(TopicDefinition definition, int factor) {
        Map<String, String> configs = new TreeMap<>(definition.configs(factor));
        options.minInsync()
                .ifPresent(
                        replicas ->
                                configs.put(
                                        TopicDefinition.MIN_INSYNC_REPLICAS,
                                        String.valueOf(replicas)));
        configs.putAll(options.overrides().getOrDefault(definition.name(), Map.of()));
        return configs;
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }

    private static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof KafkaException kafka) {
                throw kafka;
            }
            throw new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
