package io.exitpool.core.insight;

import io.exitpool.core.stats.WindowStats.SlotUse;
import java.util.Arrays;

/** How often each slot was granted: a hash table of numbers, by slot id. */
final class SlotGrants {
    private static final int SMALLEST = 16;

    /** Scatters ids, which follow one another (2^32 over the golden ratio). */
    private static final int SCATTER = 0x9E37_79B9;

    private static final double LOG_UNIT = 1 << 20;

    private int[] slots = new int[SMALLEST];

    /** 0 where there is no slot. */
    private long[] grants = new long[SMALLEST];

    private int size;

    void add(int slot, long times) {
        int at = find(slot);
        if (grants[at] == 0) {
            if (2 * (size + 1) > slots.length) {
                grow();
                at = find(slot);
            }
            slots[at] = slot;
            size++;
        }
        grants[at] += times;
    }

    void addAll(SlotGrants other) {
        for (int i = 0; i < other.slots.length; i++) {
            if (other.grants[i] > 0) {
                add(other.slots[i], other.grants[i]);
            }
        }
    }

    void clear() {
        slots = new int[SMALLEST];
        grants = new long[SMALLEST];
        size = 0;
    }

    /** The slots that were granted, ascending. */
    int[] slots() {
        int[] granted = new int[size];
        int n = 0;
        for (int i = 0; i < slots.length; i++) {
            if (grants[i] > 0) {
                granted[n++] = slots[i];
            }
        }
        Arrays.sort(granted);
        return granted;
    }

    long grantsOf(int slot) {
        return grants[find(slot)];
    }

    /** How even it is; whole numbers per slot, so that the order of the slots does not matter. */
    SlotUse use() {
        long sum = 0;
        long most = 0;
        long squares = 0;
        long logs = 0;
        for (long g : grants) {
            if (g > 0) {
                sum += g;
                most = Math.max(most, g);
                squares += g * g;
                logs += Math.round(g * StrictMath.log(g) / StrictMath.log(2) * LOG_UNIT);
            }
        }
        return new SlotUse(sum, size, most, squares, logs);
    }

    /** Where the slot is, or would be. */
    private int find(int slot) {
        int mask = slots.length - 1;
        int at = slot * SCATTER >>> 8 & mask;
        while (grants[at] > 0 && slots[at] != slot) {
            at = at + 1 & mask;
        }
        return at;
    }

    private void grow() {
        int[] oldSlots = slots;
        long[] oldGrants = grants;
        slots = new int[2 * oldSlots.length];
        grants = new long[slots.length];
        for (int i = 0; i < oldSlots.length; i++) {
            if (oldGrants[i] > 0) {
                int at = find(oldSlots[i]);
                slots[at] = oldSlots[i];
                grants[at] = oldGrants[i];
            }
        }
    }
}
