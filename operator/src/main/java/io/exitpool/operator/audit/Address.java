package io.exitpool.operator.audit;

import io.exitpool.schemas.Ipv4;
import io.exitpool.schemas.Ipv6;
import java.nio.ByteBuffer;
import java.util.Optional;

/** An exit address as a key of maps. It is never printed. */
record Address(int bits, long high, long low) {

    static Optional<Address> of(Ipv4 v4) {
        return Optional.ofNullable(v4)
                .map(a -> ByteBuffer.wrap(a.bytes()))
                .map(bytes -> new Address(32, 0, Integer.toUnsignedLong(bytes.getInt())));
    }

    static Optional<Address> of(Ipv6 v6) {
        return Optional.ofNullable(v6)
                .map(a -> ByteBuffer.wrap(a.bytes()))
                .map(bytes -> new Address(128, bytes.getLong(), bytes.getLong()));
    }

    /** The address that many further on. */
    Address plus(int further) {
        long sum = low + further;
        boolean carried = Long.compareUnsigned(sum, low) < 0;
        return new Address(bits, carried ? high + 1 : high, sum);
    }

    @Override
    public String toString() {
        return "an address";
    }
}
