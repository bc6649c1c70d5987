package io.exitpool.operator.pools;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Consecutive addresses as an operator writes them: one address, a range {@code a-b}, or a prefix.
 * Its size is known before it is spelt out, so that a slip such as a /8 costs a message and not the
 * memory.
 */
record AddressBlock(Address first, long size) {

    /** From this prefix length on, an IPv4 prefix has no network and broadcast address. */
    private static final int V4_POINT_TO_POINT = 31;

    /** From this prefix length on, an IPv6 prefix has no router's anycast address (RFC 6164). */
    private static final int V6_POINT_TO_POINT = 127;

    /**
     * Parses one address, a range or a prefix.
     *
     * @throws IllegalArgumentException with a sentence for the operator
     */
    static AddressBlock parse(String text) {
        int dash = text.indexOf('-');
        if (dash >= 0) {
            return range(text, text.substring(0, dash).trim(), text.substring(dash + 1).trim());
        }
        if (text.indexOf('/') >= 0) {
            return prefix(text, false, OptionalLong.empty());
        }
        return new AddressBlock(Address.parse(text.trim()), 1);
    }

    /**
     * Parses a prefix.
     *
     * @param whole takes the network's and the broadcast address in, too
     * @param count takes only so many addresses, from the first usable one on
     * @throws IllegalArgumentException with a sentence for the operator
     */
    static AddressBlock prefix(String text, boolean whole, OptionalLong count) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a prefix such as 192.0.2.0/28");
        }
        Address network = Address.parse(text.substring(0, slash).trim());
        int length = length(text, text.substring(slash + 1).trim(), network.family());
        if (!network.isPrefix(length)) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a prefix: bits after the first " + length + " are set");
        }
        boolean v6 = network.family() == Address.Family.V6;
        if (v6 && !whole && count.isEmpty() && length < Address.Family.V6.bits()) {
            throw new IllegalArgumentException(
                    "an IPv6 prefix needs a count, such as {prefix: \""
                            + text
                            + "\", count: 30}; or write a range");
        }
        long size = Address.sizeOf(network.family(), length);
        boolean skipEnds = !whole && length < (v6 ? V6_POINT_TO_POINT : V4_POINT_TO_POINT);
        long usable = skipEnds && size != Long.MAX_VALUE ? size - (v6 ? 1 : 2) : size;
        Address first = skipEnds ? network.plus(1) : network;
        if (count.isPresent() && (count.getAsLong() < 1 || count.getAsLong() > usable)) {
            throw new IllegalArgumentException(
                    "'" + text + "' has " + usable + " usable addresses, so count is 1 to that");
        }
        return new AddressBlock(first, count.orElse(usable));
    }

    List<Address> addresses() {
        List<Address> all = new ArrayList<>(Math.toIntExact(size));
        for (int i = 0; i < size; i++) {
            all.add(first.plus(i));
        }
        return all;
    }

    private static AddressBlock range(String text, String from, String to) {
        Address first = Address.parse(from);
        Address last = Address.parse(to);
        if (first.family() != last.family()) {
            throw new IllegalArgumentException("'" + text + "' mixes IPv4 and IPv6");
        }
        if (last.compareTo(first) < 0) {
            throw new IllegalArgumentException("'" + text + "' ends before it begins");
        }
        long steps = first.stepsTo(last);
        return new AddressBlock(first, steps == Long.MAX_VALUE ? steps : steps + 1);
    }

    private static int length(String text, String digits, Address.Family family) {
        if (digits.matches("\\d{1,3}") && Integer.parseInt(digits) <= family.bits()) {
            return Integer.parseInt(digits);
        }
        throw new IllegalArgumentException(
                "'" + text + "': the length of an " + family + " prefix is 0 to " + family.bits());
    }
}
