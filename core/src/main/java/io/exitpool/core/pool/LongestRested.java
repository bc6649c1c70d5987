package io.exitpool.core.pool;

import java.util.random.RandomGenerator;

/**
 * The free slot that has been empty longest, those never used first: the largest reuse gaps, and a
 * next grant that anyone can predict. With no free slot left, any that carries less than cap.
 */
final class LongestRested implements Placement {
    @Override
    public int choose(Slots slots, RandomGenerator random) {
        return slots.free() > 0
                ? slots.longestRested()
                : slots.eligible(random.nextInt(slots.eligibleCount()));
    }
}
