package io.exitpool.operator.audit;

import io.exitpool.schemas.Granted;
import io.exitpool.schemas.SlotRange;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The addresses of one slot. */
record SlotAddresses(Optional<Address> v4, Optional<Address> v6) {

    static SlotAddresses of(Granted granted) {
        return new SlotAddresses(Address.of(granted.getV4()), Address.of(granted.getV6()));
    }

    /** Those of the slot that stands so far behind the first one of the range. */
    static SlotAddresses of(SlotRange range, int further) {
        return new SlotAddresses(
                Address.of(range.getFirstV4()).map(first -> first.plus(further)),
                Address.of(range.getFirstV6()).map(first -> first.plus(further)));
    }

    List<Address> all() {
        return Stream.of(v4, v6).flatMap(Optional::stream).toList();
    }
}
