package io.exitpool.streams.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.exitpool.core.event.SessionId;
import io.exitpool.streams.Seed;
import io.exitpool.streams.codec.RowKey.Kind;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowKeyTest {

    @Test
    void shouldReadWhatItWrote() {
        Draw draw = new Draw(Seed.of(RowKeyTest.class));
        for (int i = 0; i < 10_000; i++) {
            String server = draw.server();
            SessionId session = draw.session();
            int slot = draw.slotId();

            RowKey lease = RowKey.decode(RowKey.lease(server, session).encode());
            RowKey slotKey = RowKey.decode(RowKey.slot(server, slot).encode());

            assertThat(lease.server()).isEqualTo(server);
            assertThat(lease.kind()).isEqualTo(Kind.LEASE);
            assertThat(lease.session()).isEqualTo(session);
            assertThat(slotKey.server()).isEqualTo(server);
            assertThat(slotKey.kind()).isEqualTo(Kind.SLOT);
            assertThat(slotKey.slot()).isEqualTo(slot);
            assertThat(RowKey.decode(RowKey.config(server).encode()).kind()).isEqualTo(Kind.CONFIG);
            assertThat(RowKey.decode(RowKey.pool(server).encode()).kind()).isEqualTo(Kind.POOL);
        }
    }

    @Test
    void shouldTakeAKnownNameWhereTheKeyHasIt() {
        Draw draw = new Draw(Seed.of(RowKeyTest.class));
        for (int i = 0; i < 10_000; i++) {
            String server = draw.server();
            RowKey lease = RowKey.lease(server, draw.session());

            for (String known : List.of(server, draw.server(), server + "1", "")) {
                RowKey decoded = RowKey.decode(lease.encode(), known);

                assertThat(decoded.server()).isEqualTo(server);
                assertThat(decoded.session()).isEqualTo(lease.session());
            }
            assertThat(RowKey.decode(lease.encode(), server).server()).isSameAs(server);
        }
    }

    @Test
    void shouldWriteTheSameFromTheBytesOfAName() {
        Draw draw = new Draw(Seed.of(RowKeyTest.class));
        for (int i = 0; i < 10_000; i++) {
            String server = draw.server();
            SessionId session = draw.session();
            int slot = draw.slotId();

            assertThat(RowKey.lease(server.getBytes(UTF_8), session))
                    .isEqualTo(RowKey.lease(server, session).encode());
            assertThat(RowKey.slot(server.getBytes(UTF_8), slot))
                    .isEqualTo(RowKey.slot(server, slot).encode());
        }
    }

    @Test
    void shouldKeepTheRowsOfAKindBetweenItsBounds() {
        Draw draw = new Draw(Seed.of(RowKeyTest.class));
        for (int i = 0; i < 10_000; i++) {
            String server = draw.server();
            byte[] lease = RowKey.lease(server, draw.session()).encode();
            byte[] slot = RowKey.slot(server, draw.slotId()).encode();
            byte[] others = RowKey.lease(server + "-", draw.session()).encode();

            assertThat(isWithin(lease, server, Kind.LEASE)).isTrue();
            assertThat(isWithin(slot, server, Kind.SLOT)).isTrue();
            assertThat(isWithin(slot, server, Kind.LEASE)).isFalse();
            assertThat(isWithin(RowKey.pool(server).encode(), server, Kind.LEASE)).isFalse();
            assertThat(isWithin(others, server, Kind.LEASE)).isFalse();
        }
    }

    @Test
    void shouldKeepTheRowsOfAServerBetweenItsBoundsAndItsConfigurationFirst() {
        Draw draw = new Draw(Seed.of(RowKeyTest.class));
        for (int i = 0; i < 10_000; i++) {
            String server = draw.server();
            byte[] first = RowKey.first(server);
            byte[] beyond = RowKey.beyond(server);
            List<byte[]> rest =
                    List.of(
                            RowKey.lease(server, draw.session()).encode(),
                            RowKey.pool(server).encode(),
                            RowKey.slot(server, draw.slotId()).encode());

            assertThat(RowKey.config(server).encode()).isEqualTo(first);
            for (byte[] key : rest) {
                assertThat(Arrays.compareUnsigned(first, key)).isNegative();
                assertThat(Arrays.compareUnsigned(key, beyond)).isNegative();
            }
            assertThat(Arrays.compareUnsigned(beyond, RowKey.first(server + "-"))).isNegative();
        }
    }

    @Test
    void shouldRefuseBytesThatAreNoKey() {
        assertNoKey(new byte[] {});
        assertNoKey(new byte[] {'a'});
        assertNoKey(new byte[] {'a', 0});
        assertNoKey(new byte[] {'a', 0, 'x'});
        assertNoKey(new byte[] {'a', 0, 'p', 1});
        assertNoKey(new byte[] {'a', 0, 's', 1, 2, 3});
    }

    private static boolean isWithin(byte[] key, String server, Kind kind) {
        return Arrays.compareUnsigned(RowKey.first(server, kind), key) <= 0
                && Arrays.compareUnsigned(key, RowKey.beyond(server, kind)) < 0;
    }

    private static void assertNoKey(byte[] key) {
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> RowKey.decode(key));
    }
}
