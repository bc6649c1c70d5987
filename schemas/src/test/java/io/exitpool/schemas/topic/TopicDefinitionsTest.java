package io.exitpool.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.exitpool.schemas.PoolConfig;
import io.exitpool.schemas.PoolStatus;
import io.exitpool.schemas.Samples;
import io.exitpool.schemas.SessionEvent;
import io.exitpool.schemas.wire.Wire;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.Test;

class TopicDefinitionsTest {

    /** A batch of one record: the batch's header, the record's own lengths, a key of 63 bytes. */
    private static final int AROUND_A_VALUE = 61 + 30 + 63;

    private static final int LARGEST_POOL = 65_536;
    private static final int LARGEST_PART = 4_096;

    private final Wire wire = new Wire(new MockSchemaRegistryClient(), true);

    @Test
    void shouldDefineEveryTopic() {
        assertThat(TopicDefinitions.load())
                .extracting(TopicDefinition::name)
                .containsExactlyElementsOf(
                        Stream.concat(
                                        Topics.all().stream().map(Topic::name),
                                        Stream.of(Topics.DEAD_LETTERS, Topics.CONNECT_DEAD_LETTERS))
                                .toList());
    }

    @Test
    void shouldPartitionByServerWhatIsTheServersOwn() {
        List<String> together =
                List.of(
                        Topics.FLEET_STATS_1M.name(),
                        Topics.FLEET_STATS_1H.name(),
                        Topics.POOL_ALERTS.name(),
                        Topics.DEAD_LETTERS,
                        Topics.CONNECT_DEAD_LETTERS);
        for (TopicDefinition definition : TopicDefinitions.load()) {
            boolean byServer = !together.contains(definition.name());
            assertThat(definition.partitionedByServer()).isEqualTo(byServer);
            assertThat(definition.defaultPartitions()).isEqualTo(byServer ? 12 : 1);
            assertThat(definition.partitions(50)).isEqualTo(byServer ? 50 : 1);
        }
    }

    @Test
    void shouldKeepWhatTheDesignPromises() {
        assertThat(TopicDefinitions.of("exit-session-events").configs())
                .containsEntry("cleanup.policy", "delete")
                .containsEntry("retention.ms", "3600000")
                .containsEntry("segment.ms", "600000")
                .containsEntry("message.timestamp.type", "LogAppendTime");
        assertThat(TopicDefinitions.of("exit-pool-configs").configs())
                .containsEntry("cleanup.policy", "compact")
                .containsEntry("message.timestamp.type", "LogAppendTime");
        assertThat(TopicDefinitions.of("exit-pool-decisions").configs())
                .containsEntry("cleanup.policy", "delete")
                .containsEntry("retention.ms", "7200000")
                .containsEntry("segment.ms", "600000")
                .containsEntry("message.timestamp.type", "CreateTime");
        assertThat(TopicDefinitions.of("exit-pool-status").configs())
                .containsEntry("cleanup.policy", "compact")
                .containsEntry("min.compaction.lag.ms", "7200000")
                .containsEntry("message.timestamp.type", "CreateTime");
        for (String stats : List.of("exit-pool-stats", "exit-fleet-stats")) {
            assertThat(TopicDefinitions.of(stats + "-1m").configs())
                    .containsEntry("cleanup.policy", "delete")
                    .containsEntry("retention.ms", "172800000")
                    .containsEntry("message.timestamp.type", "CreateTime");
            assertThat(TopicDefinitions.of(stats + "-1h").configs())
                    .containsEntry("cleanup.policy", "delete")
                    .containsEntry("retention.ms", "2592000000");
        }
        assertThat(TopicDefinitions.of("exit-pool-alerts").configs())
                .containsEntry("cleanup.policy", "compact");
        assertThat(TopicDefinitions.of("exit-dead-letters").configs())
                .containsEntry("cleanup.policy", "delete")
                .containsEntry("retention.ms", "3600000");
    }

    @Test
    void shouldUseOnlyConfigsThatTopicsHave() throws IllegalAccessException {
        var known = new java.util.HashSet<String>();
        for (var field : TopicConfig.class.getFields()) {
            if (field.getName().endsWith("_CONFIG")) {
                known.add((String) field.get(null));
            }
        }
        for (TopicDefinition definition : TopicDefinitions.load()) {
            assertThat(known).containsAll(definition.configs(3).keySet());
        }
    }

    @Test
    void shouldLetOneReplicaBeMissingWhereThereAreMore() {
        for (TopicDefinition definition : TopicDefinitions.load()) {
            assertThat(definition.configs(1)).containsEntry("min.insync.replicas", "1");
            assertThat(definition.configs(2)).containsEntry("min.insync.replicas", "1");
            assertThat(definition.configs(3)).containsEntry("min.insync.replicas", "2");
            assertThatThrownBy(() -> definition.configs(0))
                    .hasMessage("the replication factor must be at least 1, not 0");
        }
    }

    @Test
    void shouldTakeTheLargestRecords() {
        SessionEvent part = Samples.agent(new Random(1), Samples.part(new Random(1), LARGEST_PART));
        PoolConfig config = Samples.config(LARGEST_POOL, "x".repeat(64));
        PoolStatus status = Samples.status(LARGEST_POOL);

        int partBytes = bytes(Topics.SESSION_EVENTS, part);
        int configBytes = bytes(Topics.POOL_CONFIGS, config);
        int statusBytes = bytes(Topics.POOL_STATUS, status);

        // the figures that topics.yaml names
        assertThat(partBytes).isBetween(114_000, 116_000).isLessThan(max("exit-session-events"));
        assertThat(configBytes)
                .isBetween(6_400_000, 6_600_000)
                .isLessThan(max("exit-pool-configs"));
        assertThat(statusBytes).isBetween(330_000, 332_000).isLessThan(max("exit-pool-status"));
        assertThat(max(Topics.DEAD_LETTERS)).isGreaterThan(max("exit-pool-configs") + 100_000);
    }

    @Test
    void shouldRefuseAMisspeltFile() {
        assertThatThrownBy(() -> TopicDefinitions.parse(yaml("partition: 1")))
                .isInstanceOf(JsonProcessingException.class);
        assertThatThrownBy(() -> TopicDefinitions.parse(yaml("partitions: 0")))
                .hasMessage("t: partitions must be at least 1, not 0");
        assertThatThrownBy(
                        () -> new TopicDefinition("t", true, 1, Map.of("min.insync.replicas", "2")))
                .hasMessageContaining("follows from the replication factor");
        assertThatThrownBy(() -> TopicDefinitions.of("exit-stats"))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessage("topics.yaml has no topic exit-stats");
    }

    private static String yaml(String partitions) {
        return "server-partitions: 12\ntopics: [{name: t, " + partitions + ", configs: {}}]";
    }

    private static int max(String topic) {
        return TopicDefinitions.of(topic).maxMessageBytes();
    }

    private <T extends SpecificRecord> int bytes(Topic<T> topic, T value) {
        return wire.serde(topic).serializer().serialize(topic.name(), value).length
                + AROUND_A_VALUE;
    }
}
