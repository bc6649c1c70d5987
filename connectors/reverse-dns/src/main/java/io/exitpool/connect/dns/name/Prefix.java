package io.exitpool.connect.dns.name;

import java.net.InetAddress;

/**
 * A block of addresses, such as {@code 192.0.2.0/24}.
 *
 * @param first its first address
 * @param length bits that all its addresses share
 */
public record Prefix(InetAddress first, int length) {

    /**
     * Reads {@code address/length}.
     *
     * @throws IllegalArgumentException if it is none, or has bits set past its length
     */
    public static Prefix parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no prefix; write it as 192.0.2.0/24 or 2001:db8:5::/64");
        }
        InetAddress first = InetAddresses.parse(text.substring(0, slash));
        int bits = first.getAddress().length * 8;
        int length = length(text, text.substring(slash + 1), bits);
        for (int bit = length; bit < bits; bit++) {
            if (bit(first.getAddress(), bit)) {
                throw new IllegalArgumentException(
                        "'" + text + "' has bits set past its length of " + length);
            }
        }
        return new Prefix(first, length);
    }

    /** Whether the address is one of the block's. */
    public boolean contains(InetAddress address) {
        byte[] mine = first.getAddress();
        byte[] other = address.getAddress();
        if (mine.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < length; bit++) {
            if (bit(mine, bit) != bit(other, bit)) {
                return false;
            }
        }
        return true;
    }

    /** Bits that one label of a reverse name stands for: 8 in IPv4, 4 in IPv6. */
    int bitsPerLabel() {
        return first.getAddress().length == 4 ? 8 : 4;
    }

    @Override
    public String toString() {
        return first.getHostAddress() + "/" + length;
    }

    private static int length(String text, String digits, int bits) {
        try {
            int length = Integer.parseInt(digits);
            if (length >= 0 && length <= bits) {
                return length;
            }
        } catch (NumberFormatException e) {
            // Told below, as any other wrong length is.
        }
        throw new IllegalArgumentException(
                "'" + text + "' has no length from 0 to " + bits + " after its slash");
    }

    private static boolean bit(byte[] bytes, int bit) {
        return (bytes[bit / 8] >> (7 - bit % 8) & 1) != 0;
    }
}
