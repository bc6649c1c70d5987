package io.exitpool.streams.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.exitpool.schemas.topic.Topics;
import io.exitpool.schemas.wire.Wire;
import io.exitpool.streams.Seed;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;

class DecisionWriterTest {
    private static final int DRAWS = 20_000;

    @Test
    void shouldWriteTheBytesOfTheGeneratedObjects() {
        // given
        Draw draw = new Draw(Seed.of(DecisionWriterTest.class));
        Wire wire = new Wire(new MockSchemaRegistryClient(), true);
        Serializer<io.exitpool.schemas.Decision> generated =
                wire.serde(Topics.DECISIONS).serializer();
        Serializer<Told> direct = wire.serializer(Topics.DECISIONS, new DecisionWriter());
        for (int n = 0; n < DRAWS; n++) {
            // when
            Told told = new Told(draw.decision(), draw.number());
            byte[] expected =
                    generated.serialize(
                            "decisions", DecisionCodec.encode(told.decision(), told.lagMillis()));
            // then
            assertThat(direct.serialize("decisions", told)).as("%s", told).isEqualTo(expected);
        }
    }
}
