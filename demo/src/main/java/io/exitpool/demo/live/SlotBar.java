package io.exitpool.demo.live;

import java.nio.ByteBuffer;

/**
 * A pool as a row of characters in the order of its slots: {@code #} in use, {@code -} resting,
 * {@code .} free, {@code x} set aside. A slot that several sessions share shows how many, 9 for 9
 * and more. A pool with more slots than there is room shows several slots as one, by what most of
 * them are.
 */
final class SlotBar {

    private static final int LOAD_BITS = 6;
    private static final int LOAD_MASK = (1 << LOAD_BITS) - 1;
    private static final int MOST_SHOWN = 9;

    /** By state as the slot map numbers them. */
    private static final char[] STATES = {'.', '-', '#', 'x'};

    private SlotBar() {}

    static String of(ByteBuffer slotMap, int width) {
        int slots = slotMap.remaining();
        int each = Math.max(1, (slots + width - 1) / width);
        StringBuilder bar = new StringBuilder();
        for (int from = 0; from < slots; from += each) {
            bar.append(
                    each == 1
                            ? one(slotMap.get(slotMap.position() + from))
                            : most(slotMap, from, Math.min(slots, from + each)));
        }
        return bar.toString();
    }

    private static char one(byte slot) {
        char state = STATES[state(slot)];
        int load = slot & LOAD_MASK;
        return state == '#' && load > 1 ? (char) ('0' + Math.min(load, MOST_SHOWN)) : state;
    }

    private static char most(ByteBuffer slotMap, int from, int to) {
        int[] counts = new int[STATES.length];
        for (int i = from; i < to; i++) {
            counts[state(slotMap.get(slotMap.position() + i))]++;
        }
        int most = 0;
        for (int state = 1; state < counts.length; state++) {
            if (counts[state] >= counts[most] && counts[state] > 0) {
                most = state;
            }
        }
        return STATES[most];
    }

    private static int state(byte slot) {
        return (slot & 0xff) >>> LOAD_BITS;
    }
}
