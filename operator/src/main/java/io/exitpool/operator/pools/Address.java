package io.exitpool.operator.pools;

import inet.ipaddr.AddressStringException;
import inet.ipaddr.AddressStringParameters.RangeParameters;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import inet.ipaddr.IncompatibleAddressException;
import inet.ipaddr.ipv6.IPv6Address;
import io.exitpool.schemas.Ipv4;
import io.exitpool.schemas.Ipv6;
import java.nio.ByteBuffer;

/**
 * One IP address as a number, so that neighbours are found by adding one and a /16 of them costs
 * little. An IPv4 address has its 32 bits in {@code low}; {@code high} is 0.
 */
record Address(Family family, long high, long low) implements Comparable<Address> {

    /** The two kinds of address; they never compare as equal. */
    enum Family {
        V4(32, "IPv4"),
        V6(128, "IPv6");

        private final int bits;
        private final String text;

        Family(int bits, String text) {
            this.bits = bits;
            this.text = text;
        }

        int bits() {
            return bits;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** Only what everybody writes: no wildcards, no octal, no zones, no forms of inet_aton. */
    private static final IPAddressStringParameters STRICT =
            new IPAddressStringParameters.Builder()
                    .allowEmpty(false)
                    .allowAll(false)
                    .allowSingleSegment(false)
                    .allowPrefix(false)
                    .allowMask(false)
                    .allowWildcardedSeparator(false)
                    .setRangeOptions(RangeParameters.NO_RANGE)
                    .allow_inet_aton(false)
                    .getIPv4AddressParametersBuilder()
                    .allowLeadingZeros(false)
                    .allowBinary(false)
                    .getParentBuilder()
                    .getIPv6AddressParametersBuilder()
                    .allowZone(false)
                    .allowBase85(false)
                    .allowBinary(false)
                    .getParentBuilder()
                    .toParams();

    /**
     * The address that the text names.
     *
     * @throws IllegalArgumentException with a sentence for the operator
     */
    static Address parse(String text) {
        IPAddress parsed;
        try {
            parsed = new IPAddressString(text, STRICT).toAddress();
        } catch (AddressStringException | IncompatibleAddressException e) {
            throw new IllegalArgumentException("'" + text + "' is not an IP address", e);
        }
        if (parsed == null || parsed.isMultiple()) {
            throw new IllegalArgumentException("'" + text + "' is not an IP address");
        }
        return of(parsed.getBytes());
    }

    static Address of(Ipv4 address) {
        return of(address.bytes());
    }

    static Address of(Ipv6 address) {
        return of(address.bytes());
    }

    private static Address of(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return bytes.length == Integer.BYTES
                ? new Address(Family.V4, 0, Integer.toUnsignedLong(buffer.getInt()))
                : new Address(Family.V6, buffer.getLong(), buffer.getLong());
    }

    Ipv4 toIpv4() {
        require(Family.V4);
        return new Ipv4(ByteBuffer.allocate(Integer.BYTES).putInt((int) low).array());
    }

    Ipv6 toIpv6() {
        require(Family.V6);
        return new Ipv6(sixteenBytes());
    }

    /** The address {@code n} further on; meaningless past the family's last address. */
    Address plus(long n) {
        long sum = low + n;
        boolean carry = family == Family.V6 && Long.compareUnsigned(sum, low) < 0;
        return new Address(family, carry ? high + 1 : high, sum);
    }

    /** How many steps lead from here to a later address of the family; the largest long if more. */
    long stepsTo(Address later) {
        long difference = later.low - low;
        long borrow = Long.compareUnsigned(later.low, low) < 0 ? 1 : 0;
        boolean fits = later.high - high - borrow == 0 && difference >= 0;
        return fits ? difference : Long.MAX_VALUE;
    }

    /** Whether all bits after the first {@code prefix} are 0. */
    boolean isPrefix(int prefix) {
        int hostBits = family.bits() - prefix;
        return (low & lowestBits(hostBits)) == 0 && (high & lowestBits(hostBits - 64)) == 0;
    }

    /** How many addresses a prefix of this length has; the largest long if they do not fit one. */
    static long sizeOf(Family family, int prefix) {
        int hostBits = family.bits() - prefix;
        return hostBits >= 63 ? Long.MAX_VALUE : 1L << hostBits;
    }

    /**
     * Whether no host on the internet can have it: unspecified, loopback, link-local, multicast,
     * reserved, or an IPv4 address in IPv6's clothes. Private addresses are fine, for tests.
     */
    boolean isImpossible() {
        if (family == Family.V4) {
            int first = (int) (low >>> 24);
            return first == 0 || first == 127 || first >= 224 || low >>> 16 == (169 << 8 | 254);
        }
        boolean holdsIpv4 = high == 0 && (low >>> 32 == 0 || low >>> 32 == 0xffff);
        return holdsIpv4 || high >>> 56 == 0xff || high >>> 54 == 0xfe80 >>> 6;
    }

    @Override
    public int compareTo(Address other) {
        int byFamily = family.compareTo(other.family);
        if (byFamily != 0) {
            return byFamily;
        }
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    /** The usual text; IPv6 as RFC 5952 has it. */
    @Override
    public String toString() {
        if (family == Family.V6) {
            return new IPv6Address(sixteenBytes()).toCanonicalString();
        }
        return (low >>> 24)
                + "."
                + (low >>> 16 & 255)
                + "."
                + (low >>> 8 & 255)
                + "."
                + (low & 255);
    }

    private byte[] sixteenBytes() {
        return ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(low).array();
    }

    private static long lowestBits(int bits) {
        if (bits <= 0) {
            return 0;
        }
        return bits >= Long.SIZE ? -1 : (1L << bits) - 1;
    }

    private void require(Family wanted) {
        if (family != wanted) {
            throw new IllegalStateException(this + " is not an " + wanted + " address");
        }
    }
}
