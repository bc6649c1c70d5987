package io.exitpool.operator.plan;

import io.exitpool.core.stats.ErlangB;

/**
 * The size that a load needs.
 *
 * @param erlangs offered load in places
 * @param cap places of a slot
 * @param target share of starts that may be rejected
 * @param places the fewest that meet the target
 * @param slots that have so many places
 * @param blocking share of starts that these slots reject
 * @param blockingOfOneLess share that one slot less would reject
 * @param carriedErlangs load that these slots carry at the target
 */
record Sizing(
        double erlangs,
        int cap,
        double target,
        long places,
        long slots,
        double blocking,
        double blockingOfOneLess,
        double carriedErlangs) {

    static Sizing of(double erlangs, int cap, double target) {
        long places = ErlangB.places(erlangs, target);
        long slots = slots(places, cap);
        return new Sizing(
                erlangs,
                cap,
                target,
                places,
                slots,
                ErlangB.blocking(erlangs, slots * cap),
                ErlangB.blocking(erlangs, Math.max(0, slots - 1) * cap),
                ErlangB.load(slots * cap, target));
    }

    /** How many slots have at least so many places. */
    static long slots(long places, int cap) {
        return (places + cap - 1) / cap;
    }

    /** Offered load over the places of the slots. */
    double utilisation() {
        return erlangs / (slots * (double) cap);
    }
}
