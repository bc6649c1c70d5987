package io.exitpool.core.pool;

import java.util.random.RandomGenerator;

/** Chooses one of the eligible slots, of which there is at least one, in constant time. */
interface Placement {
    /** Index of the chosen slot. */
    int choose(Slots slots, RandomGenerator random);
}
