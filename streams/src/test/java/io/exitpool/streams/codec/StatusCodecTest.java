package io.exitpool.streams.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.exitpool.core.pool.PoolCounters;
import io.exitpool.core.pool.PoolStatus;
import io.exitpool.core.pool.Targets;
import io.exitpool.schemas.topic.Topics;
import io.exitpool.schemas.wire.Wire;
import io.exitpool.streams.Seed;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

class StatusCodecTest {

    @Test
    void shouldWriteWhatReadersUnderstand() {
        Draw draw = new Draw(Seed.of(StatusCodecTest.class));
        Serde<io.exitpool.schemas.PoolStatus> wire =
                new Wire(new MockSchemaRegistryClient(), true).serde(Topics.POOL_STATUS);
        for (int i = 0; i < 5_000; i++) {
            PoolStatus status = draw.status();

            byte[] bytes = wire.serializer().serialize("status", StatusCodec.encode(status));
            io.exitpool.schemas.PoolStatus read = wire.deserializer().deserialize("status", bytes);

            // An array equals itself only, so the map is compared apart.
            assertThat(Optional.ofNullable(read.getSlotMap()))
                    .isEqualTo(status.slotMap().map(ByteBuffer::wrap));
            assertThat(read(read, status.slotMap())).isEqualTo(status);
        }
    }

    @Test
    void shouldLoseNothingButTheMap() {
        Draw draw = new Draw(Seed.of(StatusCodecTest.class));
        for (int i = 0; i < 5_000; i++) {
            PoolStatus status = draw.status();

            assertThat(StatusCodec.decode(StatusCodec.encode(status))).isEqualTo(lean(status));
        }
    }

    /** The same without what nobody counts. */
    static PoolStatus lean(PoolStatus status) {
        return read(
                io.exitpool.schemas.PoolStatus.newBuilder(StatusCodec.encode(status)).build(),
                Optional.empty());
    }

    private static PoolStatus read(io.exitpool.schemas.PoolStatus read, Optional<byte[]> slotMap) {
        return new PoolStatus(
                read.getWatermark(),
                read.getDecisions(),
                optional(read.getEpoch()),
                optional(read.getConfigVersion()),
                read.getSynced(),
                optional(read.getLastSnapshotAt()),
                read.getSilentMillis(),
                Optional.ofNullable(read.getFailed()),
                read.getSlots(),
                read.getFree(),
                read.getResting(),
                read.getInUse(),
                read.getSetAside(),
                read.getSessions(),
                read.getLoads(),
                read.getCap(),
                read.getMinRestMillis(),
                new Targets(
                        read.getTargetBlocking(),
                        Optional.ofNullable(read.getCountry()),
                        Optional.ofNullable(read.getCity())),
                read.getDraining(),
                read.getRetiring(),
                slotMap,
                counters(read.getCounters()));
    }

    private static PoolCounters counters(io.exitpool.schemas.PoolCounters read) {
        return new PoolCounters(
                read.getDuplicates(),
                read.getStaleEpochs(),
                read.getUnknownEnds(),
                read.getAdoptionConflicts(),
                read.getIncompleteSnapshots(),
                read.getSkewedClocks(),
                read.getDeadLetters());
    }

    private static OptionalLong optional(Long value) {
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
