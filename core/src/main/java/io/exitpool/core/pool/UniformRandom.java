package io.exitpool.core.pool;

import java.util.random.RandomGenerator;

/**
 * Every eligible slot alike: the next grant cannot be predicted, log2(eligible) bits of it, and
 * says nothing about any other server's.
 */
final class UniformRandom implements Placement {
    @Override
    public int choose(Slots slots, RandomGenerator random) {
        return slots.eligible(random.nextInt(slots.eligibleCount()));
    }
}
