package io.exitpool.streams.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.exitpool.core.pool.Targets;
import io.exitpool.schemas.Ipv4;
import io.exitpool.schemas.Ipv6;
import io.exitpool.schemas.PoolConfig;
import io.exitpool.schemas.SlotRange;
import io.exitpool.schemas.topic.Topics;
import io.exitpool.schemas.wire.Wire;
import io.exitpool.streams.Seed;
import java.util.List;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

class ConfigCodecTest {
    private static final byte[] LAST_V4 = {-1, -1, -1, -1};
    private static final byte[] LAST_V6 = {
        -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1
    };

    @Test
    void shouldReadWhatItWrote() {
        Draw draw = new Draw(Seed.of(ConfigCodecTest.class));
        Serde<PoolConfig> wire =
                new Wire(new MockSchemaRegistryClient(), true).serde(Topics.POOL_CONFIGS);
        for (int i = 0; i < 10_000; i++) {
            io.exitpool.core.pool.PoolConfig config = draw.config();

            byte[] bytes = wire.serializer().serialize("configs", ConfigCodec.encode(config));

            assertThat(ConfigCodec.decode(wire.deserializer().deserialize("configs", bytes)))
                    .isEqualTo(config);
        }
    }

    @Test
    void shouldReadTheSchemasDefaults() {
        PoolConfig config =
                PoolConfig.newBuilder().setVersion(3).setSlots(List.of()).setNextSlotId(0).build();

        io.exitpool.core.pool.PoolConfig read = ConfigCodec.decode(config);

        assertThat(read.cap()).isEqualTo(1);
        assertThat(read.minRestMillis()).isEqualTo(600_000);
        assertThat(read.leaseTtlMillis()).isEqualTo(300_000);
        assertThat(read.maxRestingShare()).isEqualTo(1.0);
        assertThat(read.order()).isEmpty();
        assertThat(read.targets()).isEqualTo(Targets.DEFAULT);
    }

    @Test
    void shouldRefuseWhatNoPoolCanBe() {
        assertRefused(config().setVersion(0).build(), "version is not above 0");
        assertRefused(config().setCap(0).build(), "cap is not 1 to 1024");
        assertRefused(config().setMaxRestingShare(1.5).build(), "maxRestingShare is not 0 to 1");
        assertRefused(
                config().setMaxRestingShare(Double.NaN).build(), "maxRestingShare is not 0 to 1");
        assertRefused(
                config().setTargetBlocking(1).build(),
                "targetBlocking is not above 0 and below 1: 1.0");
        assertRefused(
                config().setTargetBlocking(Double.NaN).build(),
                "targetBlocking is not above 0 and below 1: NaN");
        assertRefused(config(new SlotRange(0, 0, v4(1), null)), "a slot range is empty");
        assertRefused(
                config(new SlotRange(0, 1, null, null)),
                "a slot has neither an IPv4 nor an IPv6 address");
        assertRefused(
                config(new SlotRange(0, 2, v4(1), null), new SlotRange(1, 2, v4(9), null)),
                "slot ids overlap or do not ascend");
    }

    @Test
    void shouldRefuseARangeThatLeavesTheAddressSpace() {
        assertRefused(
                config(new SlotRange(0, 2, new Ipv4(LAST_V4), null)),
                "a slot range goes beyond the last IPv4 address");
        assertRefused(
                config(new SlotRange(0, 2, null, new Ipv6(LAST_V6))),
                "a slot range goes beyond the last IPv6 address");
        assertThat(
                        ConfigCodec.decode(
                                        config(
                                                new SlotRange(
                                                        0,
                                                        1,
                                                        new Ipv4(LAST_V4),
                                                        new Ipv6(LAST_V6))))
                                .slots())
                .hasSize(1);
    }

    private static PoolConfig.Builder config() {
        return PoolConfig.newBuilder().setVersion(1).setSlots(List.of()).setNextSlotId(0);
    }

    private static PoolConfig config(SlotRange... slots) {
        return config().setSlots(List.of(slots)).build();
    }

    private static Ipv4 v4(int last) {
        return new Ipv4(new byte[] {(byte) 192, 0, 2, (byte) last});
    }

    private static void assertRefused(PoolConfig config, String reason) {
        assertThatExceptionOfType(BadValueException.class)
                .isThrownBy(() -> ConfigCodec.decode(config))
                .withMessage(reason);
    }
}
