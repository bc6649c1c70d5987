package io.exitpool.streams.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.exitpool.core.event.SessionId;
import io.exitpool.schemas.EndReason;
import io.exitpool.schemas.SessionEvent;
import io.exitpool.schemas.topic.Topics;
import io.exitpool.schemas.wire.UndecodableException;
import io.exitpool.schemas.wire.Wire;
import io.exitpool.streams.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;

/** The reader by hand against Avro's, which is the reader of all other versions of the schema. */
class EventReaderTest {
    private static final String TOPIC = "events";
    private static final int DRAWS = 5_000;
    private static final int CORRUPTIONS = 20;

    private final long seed = Seed.of(EventReaderTest.class);
    private final Random random = new Random(seed);
    private final Draw draw = new Draw(seed);
    private final Wire wire = new Wire(new MockSchemaRegistryClient(), true);
    private final Serializer<SessionEvent> writer = wire.serde(Topics.SESSION_EVENTS).serializer();
    private final Deserializer<Said> direct =
            wire.deserializer(Topics.SESSION_EVENTS, EventCodec::read, EventReader::new);
    private final Deserializer<Said> resolving =
            wire.deserializer(Topics.SESSION_EVENTS, EventCodec::read);

    @Test
    void shouldReadWhatAnAgentWrote() {
        for (int n = 0; n < DRAWS; n++) {
            var event = draw.event();
            byte[] bytes = writer.serialize(TOPIC, Agent.says(event));
            assertThat(direct.deserialize(TOPIC, bytes)).isEqualTo(new Said.Event(event));
        }
        assertThat(direct.deserialize(TOPIC, writer.serialize(TOPIC, EventCodec.tick(7))))
                .isEqualTo(new Said.Tick(7));
    }

    @Test
    void shouldRefuseTheSameValuesForTheSameReason() {
        for (int n = 0; n < DRAWS; n++) {
            byte[] bytes = writer.serialize(TOPIC, doubtful());
            assertThat(outcome(direct, bytes)).isEqualTo(outcome(resolving, bytes));
        }
    }

    @Test
    void shouldAgreeOnCorruptedBytes() {
        int undecodable = 0;
        for (int n = 0; n < DRAWS; n++) {
            byte[] bytes =
                    writer.serialize(TOPIC, n % 2 == 0 ? Agent.says(draw.event()) : doubtful());
            for (int c = 0; c < CORRUPTIONS; c++) {
                byte[] corrupted = Corruption.of(bytes, random);
                String expected = outcome(resolving, corrupted);
                assertThat(outcome(direct, corrupted)).isEqualTo(expected);
                undecodable += expected.startsWith("undecodable") ? 1 : 0;
            }
        }
        assertThat(undecodable).isGreaterThan(DRAWS);
    }

    /** Values near the limits of what may be. */
    private SessionEvent doubtful() {
        return new SessionEvent(
                new io.exitpool.schemas.AgentEvent(
                        near(1), near(1), random.nextInt(4) == 0 ? near(0) : 5, body()));
    }

    private Object body() {
        io.exitpool.schemas.SessionId session = Agent.session(new SessionId(1, 2));
        return switch (random.nextInt(4)) {
            case 0 ->
                    new io.exitpool.schemas.SessionStarted(session, slot(), slot(), (int) near(0));
            case 1 -> new io.exitpool.schemas.SessionEnded(session, EndReason.SILENT);
            case 2 ->
                    new io.exitpool.schemas.SnapshotPart(
                            near(0), (int) near(0), (int) near(1), entries(session));
            default -> new io.exitpool.schemas.ServerStarted();
        };
    }

    private List<io.exitpool.schemas.SnapshotEntry> entries(io.exitpool.schemas.SessionId session) {
        List<io.exitpool.schemas.SnapshotEntry> entries = new ArrayList<>();
        int count = random.nextInt(100) == 0 ? 4_097 : random.nextInt(4);
        for (int n = 0; n < count; n++) {
            entries.add(new io.exitpool.schemas.SnapshotEntry(session, slot(), slot()));
        }
        return entries;
    }

    private Integer slot() {
        return random.nextBoolean() ? null : (int) near(0);
    }

    private long near(long limit) {
        return limit + random.nextInt(3) - (random.nextInt(4) == 0 ? 1 : 0);
    }

    private static String outcome(Deserializer<Said> reader, byte[] bytes) {
        try {
            return reader.deserialize(TOPIC, bytes).toString();
        } catch (UndecodableException e) {
            return "undecodable: " + e.reason();
        }
    }
}
