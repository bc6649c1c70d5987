package io.exitpool.core.pool;

import io.exitpool.core.event.SessionId;
import java.util.Arrays;

/**
 * The leases of one pool: a hash table with open addressing over flat arrays, 24 bytes a lease and
 * 4 to 11 for its place in the table. A lease keeps its number for life.
 *
 * <p>Session ids are random bits, so their low half is as good a hash as any; an agent that makes
 * poor ids slows only its own pool.
 */
final class Leases {
    static final int NONE = -1;

    private static final int SMALLEST = 8;

    /** Two for each lease, beside each other because they are read together: high and low half. */
    private long[] ids;

    /**
     * Two for each lease. First the slot's index; of an unused entry, minus 2 minus the next unused
     * one. Then when it was granted, in whole seconds since 1970, unsigned: good until 2106.
     */
    private int[] grants;

    /** Numbers of leases plus 1, 0 where empty. */
    private int[] table;

    private int expected;
    private int size;
    private int firstUnused;

    /**
     * @param expected leases that the pool's slots carry at cap; more are taken, at the cost of
     *     room
     */
    Leases(int expected) {
        this.expected = expected;
        ids = new long[2 * SMALLEST];
        grants = new int[2 * SMALLEST];
        table = new int[2 * SMALLEST];
        chainUnused(0);
    }

    int size() {
        return size;
    }

    /** Numbers of leases are below this. */
    int capacity() {
        return grants.length / 2;
    }

    boolean lives(int lease) {
        return grants[2 * lease] >= 0;
    }

    int slotOf(int lease) {
        return grants[2 * lease];
    }

    long grantedAt(int lease) {
        return Integer.toUnsignedLong(grants[2 * lease + 1]);
    }

    SessionId session(int lease) {
        return new SessionId(ids[2 * lease], ids[2 * lease + 1]);
    }

    /** The session's lease, or {@link #NONE}. */
    int find(SessionId session) {
        int place = place(session.high(), session.low());
        return table[place] - 1;
    }

    /** The number of the new lease; the session must have none. */
    int add(SessionId session, int slotIndex, long grantedAtSeconds) {
        if (firstUnused == capacity()) {
            grow();
        }
        int place = place(session.high(), session.low());
        Invariant.check(table[place] == 0, "a session has two leases");
        int lease = firstUnused;
        firstUnused = -2 - grants[2 * lease];
        table[place] = lease + 1;
        ids[2 * lease] = session.high();
        ids[2 * lease + 1] = session.low();
        grants[2 * lease] = slotIndex;
        grants[2 * lease + 1] = (int) grantedAtSeconds;
        size++;
        return lease;
    }

    void remove(int lease) {
        int place = place(ids[2 * lease], ids[2 * lease + 1]);
        Invariant.check(table[place] == lease + 1, "a lease is not in its table");
        close(place);
        grants[2 * lease] = -2 - firstUnused;
        firstUnused = lease;
        size--;
    }

    /** The leases go on under other indexes of their slots. */
    void renumber(int[] newIndex, int newExpected) {
        expected = newExpected;
        for (int lease = 0; lease < capacity(); lease++) {
            if (lives(lease)) {
                grants[2 * lease] = newIndex[grants[2 * lease]];
            }
        }
    }

    void clear() {
        Arrays.fill(table, 0);
        size = 0;
        chainUnused(0);
    }

    /** Where the session is in the table, or the empty place where it would be. */
    private int place(long h, long l) {
        int mask = table.length - 1;
        int place = mix(l) & mask;
        while (true) {
            int lease = table[place] - 1;
            if (lease < 0 || ids[2 * lease + 1] == l && ids[2 * lease] == h) {
                return place;
            }
            place = (place + 1) & mask;
        }
    }

    private static int mix(long low) {
        long mixed = low * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32);
    }

    /** Backward shift: no tombstones, so a lookup stays as short as the table is full. */
    private void close(int hole) {
        int mask = table.length - 1;
        int place = hole;
        while (true) {
            place = (place + 1) & mask;
            int lease = table[place] - 1;
            if (lease < 0) {
                table[hole] = 0;
                return;
            }
            int home = mix(ids[2 * lease + 1]) & mask;
            if (((place - home) & mask) >= ((place - hole) & mask)) {
                table[hole] = table[place];
                hole = place;
            }
        }
    }

    private void grow() {
        int used = capacity();
        int half = used + (used >> 1);
        int larger = used < expected ? Math.min(half, expected) : half;
        ids = Arrays.copyOf(ids, 2 * larger);
        grants = Arrays.copyOf(grants, 2 * larger);
        chainUnused(used);
        if (larger * 4L > table.length * 3L) {
            table = new int[table.length * 2];
            for (int lease = 0; lease < used; lease++) {
                table[place(ids[2 * lease], ids[2 * lease + 1])] = lease + 1;
            }
        }
    }

    private void chainUnused(int from) {
        for (int lease = from; lease < capacity(); lease++) {
            grants[2 * lease] = -2 - (lease + 1);
        }
        firstUnused = from;
    }
}
