package io.exitpool.connect.dns.name;

import java.io.IOException;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.xbill.DNS.Name;
import org.xbill.DNS.ReverseMap;

/**
 * Zones found out by asking the name server for the SOA above an address, once for each /24 of IPv4
 * and each /64 of IPv6: zones that divide smaller blocks have to be configured.
 */
public final class DiscoveredZones implements Zones {

    /** Asks for the zone that holds a name. */
    @FunctionalInterface
    public interface ZoneQuery {

        /**
         * The innermost zone of the server that holds the name; empty when it serves none.
         *
         * @throws IOException if the server does not answer
         */
        Optional<Name> zoneOf(Name name) throws IOException;
    }

    private static final int V4_HOST_LABELS = 1;
    private static final int V6_HOST_LABELS = 16;

    private final ZoneQuery query;
    private final Map<Name, Name> found = new HashMap<>();

    public DiscoveredZones(ZoneQuery query) {
        this.query = query;
    }

    @Override
    public Optional<Place> placeOf(InetAddress address) throws IOException {
        Name owner = ReverseMap.fromAddress(address);
        boolean v4 = address.getAddress().length == 4;
        Name block = new Name(owner, v4 ? V4_HOST_LABELS : V6_HOST_LABELS);
        Name zone = found.get(block);
        if (zone == null) {
            Optional<Name> answer = query.zoneOf(owner);
            if (answer.isEmpty()) {
                // Not remembered: the operator may add the zone a minute later.
                return Optional.empty();
            }
            zone = answer.get();
            found.put(block, zone);
        }
        return Optional.of(new Place(zone, owner));
    }
}
