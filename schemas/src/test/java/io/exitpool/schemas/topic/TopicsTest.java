package io.exitpool.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.exitpool.schemas.PoolConfig;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;

class TopicsTest {

    @Test
    void shouldNameTopicsAndSubjects() {
        assertThat(Topics.all())
                .extracting(Topic::name)
                .containsExactly(
                        "exit-session-events",
                        "exit-pool-configs",
                        "exit-pool-decisions",
                        "exit-pool-status",
                        "exit-pool-stats-1m",
                        "exit-pool-stats-1h",
                        "exit-fleet-stats-1m",
                        "exit-fleet-stats-1h",
                        "exit-pool-alerts");
        assertThat(Topics.DECISIONS.subject()).isEqualTo("exit-pool-decisions-value");
    }

    @Test
    void shouldRegisterNothingThatOnlyJavaKnows() {
        Schema generated = PoolConfig.getClassSchema();
        Schema wire = Topics.POOL_CONFIGS.schema();

        // given that the class's schema has such a note
        assertThat(generated.toString()).contains("avro.java.string");

        // then the registered one has none, and is the same schema for the same bytes
        assertThat(wire.toString()).doesNotContain("avro.java").contains("\"type\":\"string\"");
        assertThat(SchemaNormalization.parsingFingerprint64(wire))
                .isEqualTo(SchemaNormalization.parsingFingerprint64(generated));
        assertThat(wire.getField("cap").doc()).isEqualTo(generated.getField("cap").doc());
        assertThat(wire.getField("cap").defaultVal()).isEqualTo(1);
    }

    @Test
    void shouldPartitionAsKafkasProducerDoes() {
        for (String server : List.of("se-sto-wg-208", "us-nyc-wg-1", "a", "z-9")) {
            byte[] key = server.getBytes(StandardCharsets.UTF_8);
            for (int partitions : new int[] {1, 2, 12, 50}) {
                assertThat(ServerPartition.of(server, partitions))
                        .isEqualTo(BuiltInPartitioner.partitionForKey(key, partitions))
                        .isEqualTo(ServerPartition.of(key, partitions))
                        .isBetween(0, partitions - 1);
            }
        }
    }

    @Test
    void shouldPartitionAsItEverDid() {
        // A change would send every server away from its history.
        assertThat(
                        List.of("se-sto-wg-208", "us-nyc-wg-001", "de-fra-wg-402").stream()
                                .map(server -> ServerPartition.of(server, 12)))
                .containsExactly(10, 0, 11);
    }

    @Test
    void shouldRefuseNoPartitions() {
        assertThatThrownBy(() -> ServerPartition.of("se-sto-wg-208", 0))
                .hasMessage("partitions must be at least 1, not 0");
    }
}
