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

    private long[] high;
    private long[] low;

    /** The slot's index; of an unused entry, minus 2 minus the next unused one. */
    private int[] slot;

    /** Whole seconds since 1970, unsigned: good until 2106. */
    private int[] grantedAt;

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
        high = new long[SMALLEST];
        low = new long[SMALLEST];
        slot = new int[SMALLEST];
        grantedAt = new int[SMALLEST];
        table = new int[2 * SMALLEST];
        chainUnused(0);
    }

    int size() {
        return size;
    }

    /** Numbers of leases are below this. */
    int capacity() {
        return slot.length;
    }

    boolean lives(int lease) {
        return slot[lease] >= 0;
    }

    int slotOf(int lease) {
        return slot[lease];
    }

    long grantedAt(int lease) {
        return Integer.toUnsignedLong(grantedAt[lease]);
    }

    SessionId session(int lease) {
        return new SessionId(high[lease], low[lease]);
    }

    /** The session's lease, or {@link #NONE}. */
    int find(SessionId session) {
        int place = place(session.high(), session.low());
        return table[place] - 1;
    }

    /** The number of the new lease; the session must have none. */
    int add(SessionId session, int slotIndex, long grantedAtSeconds) {
        if (firstUnused == slot.length) {
            grow();
        }
        int place = place(session.high(), session.low());
        Invariant.check(table[place] == 0, "a session has two leases");
        int lease = firstUnused;
        firstUnused = -2 - slot[lease];
        table[place] = lease + 1;
        high[lease] = session.high();
        low[lease] = session.low();
        slot[lease] = slotIndex;
        grantedAt[lease] = (int) grantedAtSeconds;
        size++;
        return lease;
    }

    void remove(int lease) {
        int place = place(high[lease], low[lease]);
        Invariant.check(table[place] == lease + 1, "a lease is not in its table");
        close(place);
        slot[lease] = -2 - firstUnused;
        firstUnused = lease;
        size--;
    }

    /** The leases go on under other indexes of their slots. */
    void renumber(int[] newIndex, int newExpected) {
        expected = newExpected;
        for (int lease = 0; lease < slot.length; lease++) {
            if (slot[lease] >= 0) {
                slot[lease] = newIndex[slot[lease]];
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
            if (lease < 0 || low[lease] == l && high[lease] == h) {
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
            int home = mix(low[lease]) & mask;
            if (((place - home) & mask) >= ((place - hole) & mask)) {
                table[hole] = table[place];
                hole = place;
            }
        }
    }

    private void grow() {
        int used = slot.length;
        int half = used + (used >> 1);
        int larger = used < expected ? Math.min(half, expected) : half;
        high = Arrays.copyOf(high, larger);
        low = Arrays.copyOf(low, larger);
        slot = Arrays.copyOf(slot, larger);
        grantedAt = Arrays.copyOf(grantedAt, larger);
        chainUnused(used);
        if (larger * 4L > table.length * 3L) {
            table = new int[table.length * 2];
            for (int lease = 0; lease < used; lease++) {
                table[place(high[lease], low[lease])] = lease + 1;
            }
        }
    }

    private void chainUnused(int from) {
        for (int lease = from; lease < slot.length; lease++) {
            slot[lease] = -2 - (lease + 1);
        }
        firstUnused = from;
    }
}
