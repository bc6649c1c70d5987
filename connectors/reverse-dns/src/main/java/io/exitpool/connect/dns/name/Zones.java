package io.exitpool.connect.dns.name;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;

/** Knows the zone of each address. */
public interface Zones {

    /**
     * The place of the address' PTR record; empty when no zone takes it.
     *
     * @throws IOException if a name server had to be asked and did not answer
     */
    Optional<Place> placeOf(InetAddress address) throws IOException;
}
