package io.exitpool.core.decision;

/**
 * The addresses of one slot: IPv4, IPv6 or both, as numbers in network order. Which families are
 * present is said apart, because every number is an address.
 */
public record Addresses(boolean hasV4, int v4, boolean hasV6, long v6High, long v6Low) {
    public Addresses {
        if (!hasV4 && !hasV6) {
            throw new IllegalArgumentException("a slot has neither an IPv4 nor an IPv6 address");
        }
    }

    public static Addresses ofV4(int v4) {
        return new Addresses(true, v4, false, 0, 0);
    }

    /**
     * The addresses {@code n} further on, of the families that are present; carries from the low to
     * the high half of an IPv6.
     */
    public Addresses plus(int n) {
        int nextV4 = hasV4 ? v4 + n : v4;
        long low = hasV6 ? v6Low + n : v6Low;
        long high = v6High + (Long.compareUnsigned(low, v6Low) < 0 ? 1 : 0);
        return new Addresses(hasV4, nextV4, hasV6, high, low);
    }
}
