package io.exitpool.core.stats;

import io.exitpool.core.pool.PoolStatus;

/**
 * How much a pool can carry and what is asked of it.
 *
 * @param slots all of them
 * @param setAside those that are not granted
 * @param cap sessions that one slot carries
 * @param minRestMillis how long a slot lies unused after it emptied
 * @param target share of starts that may be rejected
 */
public record PoolSize(int slots, int setAside, int cap, long minRestMillis, double target) {

    public static PoolSize of(PoolStatus status) {
        return new PoolSize(
                status.slots(),
                status.setAside(),
                status.cap(),
                status.minRestMillis(),
                status.targets().blocking());
    }

    /** Sessions that the slots which are not set aside may carry. */
    public long places() {
        return (long) (slots - setAside) * cap;
    }
}
