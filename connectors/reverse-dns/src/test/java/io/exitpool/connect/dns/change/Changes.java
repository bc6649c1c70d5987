package io.exitpool.connect.dns.change;

import io.exitpool.connect.dns.Records;
import io.exitpool.connect.dns.name.InetAddresses;
import io.exitpool.connect.dns.name.Wish;
import org.xbill.DNS.Name;

/** Changes in few words. */
final class Changes {

    static final long SECOND = 1_000_000_000L;

    private Changes() {}

    /** The address should have this name, or none when it is null, since a record at the offset. */
    static Change change(String address, String name, long offset, long since) {
        return new Change(
                InetAddresses.parse(address),
                "server",
                name == null ? Wish.NO_RECORD : Wish.of(Name.fromConstantString(name)),
                Records.rejected(offset, "server"),
                since,
                offset);
    }
}
