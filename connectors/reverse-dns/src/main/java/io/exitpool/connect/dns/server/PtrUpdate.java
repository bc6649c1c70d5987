package io.exitpool.connect.dns.server;

import java.util.Optional;
import org.xbill.DNS.Name;

/**
 * One name's PTR records, whole: whatever is there is removed, and this one added. Made twice it
 * gives the same.
 *
 * @param owner a reverse name
 * @param ptr the name to point to; empty: no record
 */
public record PtrUpdate(Name owner, Optional<Name> ptr) {

    /** Type, class, ttl and length of a record. */
    private static final int FIXED_BYTES = 10;

    /** Bytes of it in a message, were no name compressed. */
    public int mostBytes() {
        int removal = owner.length() + FIXED_BYTES;
        return removal + ptr.map(name -> owner.length() + FIXED_BYTES + name.length()).orElse(0);
    }
}
