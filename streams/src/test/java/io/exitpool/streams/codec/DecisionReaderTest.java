package io.exitpool.streams.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.exitpool.schemas.Choice;
import io.exitpool.schemas.Decision;
import io.exitpool.schemas.Granted;
import io.exitpool.schemas.RejectCause;
import io.exitpool.schemas.Rejected;
import io.exitpool.schemas.ReleaseCause;
import io.exitpool.schemas.Released;
import io.exitpool.schemas.Rung;
import io.exitpool.schemas.topic.Topics;
import io.exitpool.schemas.wire.UndecodableException;
import io.exitpool.schemas.wire.Wire;
import io.exitpool.streams.Seed;
import java.util.OptionalLong;
import java.util.Random;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;

/** The reader by hand against Avro's, which is the reader of all other versions of the schema. */
class DecisionReaderTest {
    private static final String TOPIC = "decisions";
    private static final int DRAWS = 5_000;
    private static final int CORRUPTIONS = 20;

    private final long seed = Seed.of(DecisionReaderTest.class);
    private final Random random = new Random(seed);
    private final Draw draw = new Draw(seed);
    private final Wire wire = new Wire(new MockSchemaRegistryClient(), true);
    private final Serializer<Decision> writer = wire.serde(Topics.DECISIONS).serializer();
    private final Deserializer<Counted> direct =
            wire.deserializer(Topics.DECISIONS, FactCodec::read, DecisionReader::new);
    private final Deserializer<Counted> resolving =
            wire.deserializer(Topics.DECISIONS, FactCodec::read);

    @Test
    void shouldReadWhatAPoolDecided() {
        for (int n = 0; n < DRAWS; n++) {
            byte[] bytes = decision();
            Counted read = direct.deserialize(TOPIC, bytes);
            assertThat(read).isEqualTo(resolving.deserialize(TOPIC, bytes));
            assertThat(read).isNotInstanceOf(Counted.Bad.class);
        }
    }

    @Test
    void shouldNotCountWhatItDoesNotKnow() {
        for (int n = 0; n < DRAWS; n++) {
            Decision decision = DecisionCodec.encode(draw.decision(), OptionalLong.empty());
            decision.setNumber((long) n);
            spoil(decision.getOutcome());
            byte[] bytes = writer.serialize(TOPIC, decision);
            assertThat(direct.deserialize(TOPIC, bytes))
                    .isEqualTo(resolving.deserialize(TOPIC, bytes))
                    .isEqualTo(new Counted.Bad(FactCodec.UNKNOWN));
        }
    }

    @Test
    void shouldAgreeOnCorruptedBytes() {
        int undecodable = 0;
        for (int n = 0; n < DRAWS; n++) {
            byte[] bytes = decision();
            for (int c = 0; c < CORRUPTIONS; c++) {
                byte[] corrupted = Corruption.of(bytes, random);
                String expected = outcome(resolving, corrupted);
                assertThat(outcome(direct, corrupted)).isEqualTo(expected);
                undecodable += expected.startsWith("undecodable") ? 1 : 0;
            }
        }
        assertThat(undecodable).isGreaterThan(DRAWS);
    }

    private void spoil(Object outcome) {
        if (outcome instanceof Granted granted) {
            switch (random.nextInt(3)) {
                case 0 -> granted.setChoice(Choice.UNKNOWN);
                case 1 -> granted.setRung(Rung.UNKNOWN);
                default -> {
                    granted.setV4(null);
                    granted.setV6(null);
                }
            }
        } else if (outcome instanceof Rejected rejected) {
            rejected.setCause(RejectCause.UNKNOWN);
        } else {
            ((Released) outcome).setCause(ReleaseCause.UNKNOWN);
        }
    }

    private byte[] decision() {
        return writer.serialize(TOPIC, DecisionCodec.encode(draw.decision(), draw.number()));
    }

    private static String outcome(Deserializer<Counted> reader, byte[] bytes) {
        try {
            return reader.deserialize(TOPIC, bytes).toString();
        } catch (UndecodableException e) {
            return "undecodable: " + e.reason();
        }
    }
}
