package io.exitpool.connect.dns.name;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Zones that the operator listed; of several that hold an address, the one of the longest prefix.
 */
public final class ConfiguredZones implements Zones {

    private final List<ReverseZone> longestFirst;

    public ConfiguredZones(List<ReverseZone> zones) {
        this.longestFirst =
                zones.stream().sorted((a, b) -> b.prefix().length() - a.prefix().length()).toList();
    }

    @Override
    public Optional<Place> placeOf(InetAddress address) {
        return longestFirst.stream()
                .filter(zone -> zone.prefix().contains(address))
                .findFirst()
                .map(zone -> zone.placeOf(address));
    }
}
