package io.exitpool.core.pool;

import io.exitpool.core.decision.Addresses;

/**
 * Consecutive slots with consecutive addresses.
 *
 * @param firstId id of the first slot, from 0
 * @param count how many slots, from 1
 * @param first addresses of the first slot
 */
public record SlotRange(int firstId, int count, Addresses first) {
    public SlotRange {
        if (firstId < 0) {
            throw new IllegalArgumentException("a slot's id is below 0");
        }
        if (count < 1) {
            throw new IllegalArgumentException("a slot range is empty");
        }
        if (firstId > Integer.MAX_VALUE - count) {
            throw new IllegalArgumentException("a slot's id is too large");
        }
    }

    boolean contains(int id) {
        return id >= firstId && id - firstId < count;
    }
}
