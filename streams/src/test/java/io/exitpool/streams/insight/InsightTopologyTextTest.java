package io.exitpool.streams.insight;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.exitpool.core.alert.AlertSettings;
import io.exitpool.core.alert.DeskSettings;
import io.exitpool.core.stats.StatsSettings;
import io.exitpool.schemas.wire.Wire;
import io.exitpool.streams.config.AppConfig;
import io.exitpool.streams.config.Part;
import io.exitpool.streams.config.StreamsSettings;
import io.exitpool.streams.input.DeadLetters;
import io.exitpool.streams.store.RocksDbMemory;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

class InsightTopologyTextTest {

    @Test
    void shouldBeTheTopologyThatIsCheckedIn() throws IOException {
        // given
        DeadLetters deadLetters = new DeadLetters(new SimpleMeterRegistry());
        InsightParts parts =
                new InsightParts(
                        new Wire(new MockSchemaRegistryClient(), true),
                        StatsSettings.DEFAULT,
                        AlertSettings.DEFAULT,
                        DeskSettings.DEFAULT,
                        12,
                        new InsightMonitor(new SimpleMeterRegistry(), InstantSource.system()),
                        deadLetters);
        // when
        String described;
        try (RocksDbMemory memory = new RocksDbMemory(32 << 20)) {
            StreamsConfig config =
                    new StreamsConfig(
                            StreamsSettings.of(
                                    AppConfig.of(Map.of()), Part.INSIGHT, deadLetters, memory));
            described = InsightTopology.build(config, parts).describe().toString();
        }
        // then
        assertThat(described)
                .as(
                        "another topology needs a migration or a reset: say so in the commit, and"
                                + " put this text into src/main/resources/.../topology.txt")
                .isEqualTo(checkedIn());
    }

    private static String checkedIn() throws IOException {
        try (InputStream in = InsightTopology.class.getResourceAsStream("topology.txt")) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
