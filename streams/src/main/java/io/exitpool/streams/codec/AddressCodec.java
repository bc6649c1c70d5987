package io.exitpool.streams.codec;

import io.exitpool.core.decision.Addresses;
import java.nio.ByteBuffer;

/** Addresses as bytes in network order, null for a family that is absent. */
final class AddressCodec {
    private static final int V4_BYTES = 4;
    private static final int V6_BYTES = 16;

    private AddressCodec() {}

    /**
     * @throws IllegalArgumentException when both families are absent
     */
    static Addresses decode(byte[] v4, byte[] v6) {
        boolean hasV6 = v6 != null;
        ByteBuffer six = ByteBuffer.wrap(hasV6 ? v6 : new byte[V6_BYTES]);
        return new Addresses(
                v4 != null,
                v4 == null ? 0 : ByteBuffer.wrap(v4).getInt(),
                hasV6,
                six.getLong(),
                six.getLong());
    }

    static byte[] v4(Addresses addresses) {
        return ByteBuffer.allocate(V4_BYTES).putInt(addresses.v4()).array();
    }

    static byte[] v6(Addresses addresses) {
        return ByteBuffer.allocate(V6_BYTES)
                .putLong(addresses.v6High())
                .putLong(addresses.v6Low())
                .array();
    }
}
