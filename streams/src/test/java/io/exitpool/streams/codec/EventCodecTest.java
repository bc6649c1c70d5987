package io.exitpool.streams.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.exitpool.core.event.AgentEvent;
import io.exitpool.core.event.SessionId;
import io.exitpool.core.event.SnapshotPart;
import io.exitpool.schemas.EndReason;
import io.exitpool.schemas.ServerStarted;
import io.exitpool.schemas.SessionEnded;
import io.exitpool.schemas.SessionEvent;
import io.exitpool.schemas.SessionStarted;
import io.exitpool.schemas.SnapshotEntry;
import io.exitpool.schemas.topic.Topics;
import io.exitpool.schemas.wire.Wire;
import io.exitpool.streams.Seed;
import java.util.Collections;
import java.util.List;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventCodecTest {
    private static final io.exitpool.schemas.SessionId SESSION = Agent.session(new SessionId(1, 2));

    @Test
    void shouldReadWhatAnAgentWrote() {
        Draw draw = new Draw(Seed.of(EventCodecTest.class));
        Serde<SessionEvent> wire =
                new Wire(new MockSchemaRegistryClient(), true).serde(Topics.SESSION_EVENTS);
        for (int i = 0; i < 10_000; i++) {
            AgentEvent event = draw.event();

            byte[] bytes = wire.serializer().serialize("events", Agent.says(event));
            SessionEvent read = wire.deserializer().deserialize("events", bytes);

            assertThat(EventCodec.tickPartition(read)).isEmpty();
            assertThat(EventCodec.decode(read)).isEqualTo(event);
        }
    }

    @Test
    void shouldReadTheTickThatItWrote() {
        assertThat(EventCodec.tickPartition(EventCodec.tick(7))).hasValue(7);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void shouldRefuseAnEpochOrSeqBelowOne(long number) {
        assertRefused(event(number, 1, 0, new ServerStarted()), "epoch is not above 0");
        assertRefused(event(1, number, 0, new ServerStarted()), "seq is not above 0");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 1_767_225_600_000L, Long.MAX_VALUE})
    void shouldRefuseAClockThatDoesNotCountSeconds(long occurredAt) {
        assertRefused(
                event(1, 1, occurredAt, new ServerStarted()),
                "occurredAt is not in whole seconds since 1970");
    }

    @Test
    void shouldRefuseAStartThatCannotBe() {
        assertRefused(
                event(1, 1, 0, new SessionStarted(SESSION, null, null, -1)), "attempt is below 0");
        assertRefused(event(1, 1, 0, new SessionStarted(SESSION, -5, null, 0)), "held is below 0");
        assertRefused(
                event(1, 1, 0, new SessionStarted(SESSION, null, -5, 0)), "wanted is below 0");
    }

    @Test
    void shouldRefuseASnapshotPartThatCannotBe() {
        List<SnapshotEntry> tooMany =
                Collections.nCopies(
                        SnapshotPart.MAX_ENTRIES + 1, new SnapshotEntry(SESSION, null, null));
        assertRefused(part(0, 1, tooMany), "more than 4096 entries in a part");
        assertRefused(part(0, 0, List.of()), "parts is not 1 to 1024");
        assertRefused(part(0, 1_025, List.of()), "parts is not 1 to 1024");
        assertRefused(part(2, 2, List.of()), "part is not 0 to parts - 1");
        assertRefused(part(0, 1, List.of(new SnapshotEntry(SESSION, -1, null))), "held is below 0");
    }

    @Test
    void shouldReadAnEndWhateverItsReason() {
        AgentEvent read =
                EventCodec.decode(event(1, 1, 0, new SessionEnded(SESSION, EndReason.UNKNOWN)));

        assertThat(read.body())
                .isEqualTo(new io.exitpool.core.event.SessionEnded(new SessionId(1, 2)));
    }

    private static SessionEvent part(int part, int parts, List<SnapshotEntry> entries) {
        return event(1, 1, 0, new io.exitpool.schemas.SnapshotPart(1L, part, parts, entries));
    }

    private static SessionEvent event(long epoch, long seq, long occurredAt, Object body) {
        return new SessionEvent(new io.exitpool.schemas.AgentEvent(epoch, seq, occurredAt, body));
    }

    private static void assertRefused(SessionEvent event, String reason) {
        assertThatExceptionOfType(BadValueException.class)
                .isThrownBy(() -> EventCodec.decode(event))
                .withMessage(reason);
    }
}
