package io.exitpool.operator.audit;

import java.util.List;
import java.util.OptionalLong;

/** The time during which one slot of a server carries sessions. */
final class Occupancy {
    private final String server;
    private final List<Address> addresses;
    private final Position from;
    private OptionalLong until = OptionalLong.empty();

    Occupancy(String server, List<Address> addresses, Position from) {
        this.server = server;
        this.addresses = List.copyOf(addresses);
        this.from = from;
    }

    String server() {
        return server;
    }

    List<Address> addresses() {
        return addresses;
    }

    /** The grant that began it. */
    Position from() {
        return from;
    }

    /** When it ended; empty while it lasts. */
    OptionalLong until() {
        return until;
    }

    void end(long at) {
        until = OptionalLong.of(at);
    }

    /** The order in which occupancies begin, the same in every run. */
    boolean beginsBefore(Occupancy other) {
        return from.compareTo(other.from) < 0;
    }

    /** Whether the address is the first that both have: a pair is reported once. */
    boolean sharesFirst(Address address, Occupancy other) {
        return addresses.stream().filter(other.addresses::contains).findFirst().stream()
                .anyMatch(address::equals);
    }
}
