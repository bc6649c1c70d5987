package io.exitpool.core.pool;

import java.util.random.RandomGenerator;

/** Any of the eligible slots that carry the fewest sessions. */
final class LeastLoaded implements Placement {
    @Override
    public int choose(Slots slots, RandomGenerator random) {
        int load = slots.leastLoad();
        return slots.withLoad(load, random.nextInt(slots.countWithLoad(load)));
    }
}
