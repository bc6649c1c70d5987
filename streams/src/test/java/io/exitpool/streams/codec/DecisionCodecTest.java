package io.exitpool.streams.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.exitpool.core.decision.Choice;
import io.exitpool.core.decision.Decision;
import io.exitpool.core.decision.Granted;
import io.exitpool.core.decision.Outcome;
import io.exitpool.core.decision.RejectCause;
import io.exitpool.core.decision.Rejected;
import io.exitpool.core.decision.ReleaseCause;
import io.exitpool.core.decision.Released;
import io.exitpool.core.decision.Rung;
import io.exitpool.schemas.topic.Topics;
import io.exitpool.schemas.wire.Wire;
import io.exitpool.streams.Seed;
import java.util.OptionalLong;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

class DecisionCodecTest {

    @Test
    void shouldWriteWhatReadersUnderstand() {
        Draw draw = new Draw(Seed.of(DecisionCodecTest.class));
        Serde<io.exitpool.schemas.Decision> wire =
                new Wire(new MockSchemaRegistryClient(), true).serde(Topics.DECISIONS);
        for (int i = 0; i < 10_000; i++) {
            Decision decision = draw.decision();
            OptionalLong lag = draw.number();

            byte[] bytes =
                    wire.serializer().serialize("decisions", DecisionCodec.encode(decision, lag));
            io.exitpool.schemas.Decision read = wire.deserializer().deserialize("decisions", bytes);

            assertThat(read(read)).isEqualTo(decision);
            assertThat(optional(read.getLagMillis())).isEqualTo(lag);
        }
    }

    private static Decision read(io.exitpool.schemas.Decision read) {
        return new Decision(
                Agent.session(read.getSession()),
                optional(read.getNumber()),
                optional(read.getEpoch()),
                optional(read.getSeq()),
                optional(read.getConfigVersion()),
                outcome(read.getOutcome()));
    }

    private static Outcome outcome(Object outcome) {
        if (outcome instanceof io.exitpool.schemas.Granted granted) {
            byte[] v4 = granted.getV4() == null ? null : granted.getV4().bytes();
            byte[] v6 = granted.getV6() == null ? null : granted.getV6().bytes();
            return new Granted(
                    granted.getSlot(),
                    AddressCodec.decode(v4, v6),
                    Choice.valueOf(granted.getChoice().name()),
                    Rung.valueOf(granted.getRung().name()),
                    optional(granted.getGapMillis()),
                    granted.getLoadAfter(),
                    granted.getAttempt(),
                    granted.getRepeated());
        }
        if (outcome instanceof io.exitpool.schemas.Rejected rejected) {
            return new Rejected(
                    RejectCause.valueOf(rejected.getCause().name()),
                    rejected.getRetryAfterMillis(),
                    rejected.getAttempt());
        }
        io.exitpool.schemas.Released released = (io.exitpool.schemas.Released) outcome;
        return new Released(
                released.getSlot(),
                ReleaseCause.valueOf(released.getCause().name()),
                released.getGrantedAt(),
                released.getLoadAfter());
    }

    private static OptionalLong optional(Long value) {
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
