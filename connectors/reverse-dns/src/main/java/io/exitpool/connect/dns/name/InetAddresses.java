package io.exitpool.connect.dns.name;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.xbill.DNS.Address;

/** Addresses from bytes and from literals, without ever asking a resolver. */
public final class InetAddresses {

    private InetAddresses() {}

    /**
     * The address of 4 or 16 bytes.
     *
     * @throws IllegalArgumentException on any other number
     */
    public static InetAddress of(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(
                    "an address has 4 or 16 bytes, not " + bytes.length, e);
        }
    }

    /**
     * The address of a literal.
     *
     * @throws IllegalArgumentException if it is none; a host name is none
     */
    public static InetAddress parse(String literal) {
        byte[] bytes = Address.toByteArray(literal, Address.IPv4);
        if (bytes == null) {
            bytes = Address.toByteArray(literal, Address.IPv6);
        }
        if (bytes == null) {
            throw new IllegalArgumentException("'" + literal + "' is no IPv4 or IPv6 address");
        }
        return of(bytes);
    }
}
