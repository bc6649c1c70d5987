package io.exitpool.bench.floor;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.exitpool.bench.load.Event;
import io.exitpool.bench.load.EventStream;
import io.exitpool.bench.load.FleetShape;
import io.exitpool.core.event.SessionId;
import io.exitpool.schemas.SessionEvent;
import io.exitpool.schemas.topic.Topics;
import io.exitpool.schemas.wire.Wire;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;

class SamplesTest {
    private final Wire wire = new Wire(new MockSchemaRegistryClient(), true);
    private final Samples samples = Samples.encode(wire);

    @Test
    void shouldFindTheSessionInEveryStartAndEnd() {
        Serializer<SessionEvent> events = wire.serde(Topics.SESSION_EVENTS).serializer();
        EventStream stream = new EventStream(FleetShape.uniform(2, 20), 1, InstantSource.system());

        for (int i = 0; i < 1_000; i++) {
            Event event = stream.next();
            if (event.session().isPresent()) {
                byte[] value = events.serialize(Topics.SESSION_EVENTS.name(), event.value());
                boolean start = event.kind() == Event.Kind.START;
                int from = value.length - (start ? samples.startTail() : samples.endTail());
                ByteBuffer found = ByteBuffer.wrap(value, from, 2 * Long.BYTES);
                assertThat(new SessionId(found.getLong(), found.getLong()))
                        .isEqualTo(event.session().get());
            }
        }
    }

    @Test
    void shouldHaveASampleOfEachRowAndDecision() {
        assertThat(samples.leaseRow()).hasSizeBetween(20, 60);
        assertThat(samples.slotRow()).hasSizeBetween(20, 60);
        assertThat(samples.poolRow()).hasSizeBetween(20, 80);
        assertThat(samples.granted().length).isGreaterThan(samples.released().length);
    }
}
