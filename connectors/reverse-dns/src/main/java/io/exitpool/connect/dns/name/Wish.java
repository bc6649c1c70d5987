package io.exitpool.connect.dns.name;

import java.util.Optional;
import org.xbill.DNS.Name;

/**
 * What an address' PTR records should be.
 *
 * @param ptr the one name; empty: no record at all
 */
public record Wish(Optional<Name> ptr) {

    /** No PTR record. */
    public static final Wish NO_RECORD = new Wish(Optional.empty());

    /** One PTR record with this name. */
    public static Wish of(Name name) {
        return new Wish(Optional.of(name));
    }
}
