package io.exitpool.operator.pools;

import io.exitpool.schemas.SlotRange;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one slot is: an IPv4 address, an IPv6 address, or both. The pair is the slot's identity;
 * with another partner an address is another slot, because sessions were granted both together.
 */
record SlotAddresses(Optional<Address> v4, Optional<Address> v6) {

    SlotAddresses {
        Objects.requireNonNull(v4, "v4");
        Objects.requireNonNull(v6, "v6");
        if (v4.isEmpty() && v6.isEmpty()) {
            throw new IllegalArgumentException("a slot has neither an IPv4 nor an IPv6 address");
        }
    }

    /** The addresses of a range's first slot. */
    static SlotAddresses firstOf(SlotRange range) {
        return new SlotAddresses(
                Optional.ofNullable(range.getFirstV4()).map(Address::of),
                Optional.ofNullable(range.getFirstV6()).map(Address::of));
    }

    SlotAddresses plus(int n) {
        return new SlotAddresses(v4.map(a -> a.plus(n)), v6.map(a -> a.plus(n)));
    }

    List<Address> all() {
        return Stream.concat(v4.stream(), v6.stream()).toList();
    }

    boolean has(Address address) {
        return v4.filter(address::equals).isPresent() || v6.filter(address::equals).isPresent();
    }

    @Override
    public String toString() {
        return all().stream().map(Address::toString).collect(Collectors.joining(" + "));
    }
}
