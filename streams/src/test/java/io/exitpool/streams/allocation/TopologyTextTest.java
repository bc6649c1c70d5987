package io.exitpool.streams.allocation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.exitpool.core.pool.AllocationSettings;
import io.exitpool.schemas.wire.Wire;
import io.exitpool.streams.commit.GroupCommit;
import io.exitpool.streams.config.AppConfig;
import io.exitpool.streams.config.Part;
import io.exitpool.streams.config.StreamsSettings;
import io.exitpool.streams.input.DeadLetters;
import io.exitpool.streams.store.RocksDbMemory;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

class TopologyTextTest {

    @Test
    void shouldBeTheTopologyThatIsCheckedIn() throws IOException {
        AllocationMonitor monitor =
                new AllocationMonitor(new SimpleMeterRegistry(), InstantSource.system());
        DeadLetters deadLetters = new DeadLetters(new SimpleMeterRegistry());
        AllocationParts parts =
                new AllocationParts(
                        new Wire(new MockSchemaRegistryClient(), true),
                        AllocationSettings.DEFAULT,
                        AllocationParts.SECURE_RANDOM,
                        Duration.ofSeconds(1),
                        12,
                        new GroupCommit(),
                        monitor,
                        deadLetters);
        String described;
        try (RocksDbMemory memory = new RocksDbMemory(32 << 20)) {
            StreamsConfig config =
                    new StreamsConfig(
                            StreamsSettings.of(
                                    AppConfig.of(Map.of()), Part.ALLOCATION, deadLetters, memory));
            described = AllocationTopology.build(config, parts).describe().toString();
        }

        assertThat(described)
                .as(
                        "another topology needs a migration or a reset: say so in the commit, and"
                                + " put this text into src/main/resources/.../topology.txt")
                .isEqualTo(checkedIn());
    }

    private static String checkedIn() throws IOException {
        try (InputStream in = AllocationTopology.class.getResourceAsStream("topology.txt")) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
