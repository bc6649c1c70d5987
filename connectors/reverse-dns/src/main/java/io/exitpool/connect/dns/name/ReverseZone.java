package io.exitpool.connect.dns.name;

import java.net.InetAddress;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.TextParseException;

/**
 * The zone of a block of addresses. Mostly an ancestor of their reverse names; a block smaller than
 * a /24 may have a zone beside them (RFC 2317: {@code 64-26.2.0.192.in-addr.arpa}), to which the
 * names proper are aliases.
 */
public final class ReverseZone {

    private final Prefix prefix;
    private final Name zone;
    private final boolean classless;

    private ReverseZone(Prefix prefix, Name zone, boolean classless) {
        this.prefix = prefix;
        this.zone = zone;
        this.classless = classless;
    }

    /**
     * Reads {@code prefix}, whose zone is then the one that ends with it, or {@code prefix=zone}.
     *
     * @throws IllegalArgumentException if the zone cannot hold the block's names
     */
    public static ReverseZone parse(String text) {
        int equals = text.indexOf('=');
        if (equals < 0) {
            Prefix prefix = Prefix.parse(text.strip());
            return new ReverseZone(prefix, zoneAt(prefix), false);
        }
        Prefix prefix = Prefix.parse(text.substring(0, equals).strip());
        Name zone = absolute(text.substring(equals + 1).strip());
        if (ReverseMap.fromAddress(prefix.first()).subdomain(zone)) {
            checkDepth(text, prefix, zone);
            return new ReverseZone(prefix, zone, false);
        }
        boolean v4 = prefix.first().getAddress().length == 4;
        if (!v4 || prefix.length() < 24) {
            throw new IllegalArgumentException(
                    "'%s': the names of %s are not below %s; only an IPv4 block from /24 on may have"
                                    .formatted(text, prefix, zone)
                            + " a zone beside them (RFC 2317)");
        }
        return new ReverseZone(prefix, zone, true);
    }

    /** The block whose names are here. */
    public Prefix prefix() {
        return prefix;
    }

    /** Where the record of an address of the block lives. */
    public Place placeOf(InetAddress address) {
        Name reverse = ReverseMap.fromAddress(address);
        if (!classless) {
            return new Place(zone, reverse);
        }
        try {
            Name lastOctet = new Name(reverse.getLabelString(0));
            return new Place(zone, Name.concatenate(lastOctet, zone));
        } catch (NameTooLongException | TextParseException e) {
            throw new IllegalArgumentException(
                    "the zone name " + zone + " leaves no room for a label before it", e);
        }
    }

    private static Name zoneAt(Prefix prefix) {
        int bits = prefix.bitsPerLabel();
        if (prefix.length() % bits != 0) {
            throw new IllegalArgumentException(
                    "'%s' does not end at a label (every %d bits): write %s=ZONE"
                            .formatted(prefix, bits, prefix));
        }
        Name full = ReverseMap.fromAddress(prefix.first());
        int hostLabels = (prefix.first().getAddress().length * 8 - prefix.length()) / bits;
        return new Name(full, hostLabels);
    }

    /** A zone below the block's own depth would take the first of its names and not the last. */
    private static void checkDepth(String text, Prefix prefix, Name zone) {
        // Three labels are not address: in-addr or ip6, arpa and the root.
        int bits = (zone.labels() - 3) * prefix.bitsPerLabel();
        if (bits > prefix.length()) {
            throw new IllegalArgumentException(
                    "'%s': %s is smaller than %s; list one zone for each part"
                            .formatted(text, zone, prefix));
        }
    }

    private static Name absolute(String text) {
        try {
            return Name.fromString(text, Name.root);
        } catch (TextParseException e) {
            throw new IllegalArgumentException("'" + text + "' is no zone name", e);
        }
    }
}
