package io.exitpool.core.pool;

/**
 * The policies by which a slot is chosen among the eligible ones. A new policy is one class that
 * implements {@link Placement} and one line here.
 */
public enum PlacementPolicy {
    UNIFORM_RANDOM(new UniformRandom()),
    LONGEST_RESTED(new LongestRested()),
    LEAST_LOADED(new LeastLoaded());

    private final Placement placement;

    PlacementPolicy(Placement placement) {
        this.placement = placement;
    }

    Placement placement() {
        return placement;
    }
}
