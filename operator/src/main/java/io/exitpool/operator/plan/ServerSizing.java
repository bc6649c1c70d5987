package io.exitpool.operator.plan;

import io.exitpool.core.stats.ErlangB;
import io.exitpool.schemas.OfferedLoad;
import io.exitpool.schemas.PoolStats;

/**
 * A server's size beside the one that its load needs.
 *
 * @param until end of the window that this is from, in milliseconds since 1970
 * @param incomplete the window lacks decisions or its beginning
 * @param slots all of them
 * @param usable slots that are not set aside
 * @param places of the usable slots
 * @param load as its statistics have it
 * @param target share of starts that may be rejected
 * @param carriedErlangs load that the places carry at the target
 * @param needed usable slots that the load needs for the target
 */
record ServerSizing(
        String server,
        long until,
        boolean incomplete,
        long slots,
        long usable,
        long places,
        OfferedLoad load,
        double target,
        double carriedErlangs,
        long needed) {

    /** By the target that the server is configured with. */
    static ServerSizing of(String server, int cap, PoolStats stats) {
        OfferedLoad load = stats.getLoad();
        return of(
                server,
                cap,
                stats,
                load.getTarget(),
                load.getCarriedErlangs(),
                load.getSlotsNeeded());
    }

    /** By another target. */
    static ServerSizing of(String server, int cap, PoolStats stats, double target) {
        return of(
                server,
                cap,
                stats,
                target,
                ErlangB.load(stats.getPlaces(), target),
                Sizing.slots(ErlangB.places(stats.getLoad().getErlangs(), target), cap));
    }

    private static ServerSizing of(
            String server, int cap, PoolStats stats, double target, double carried, long needed) {
        return new ServerSizing(
                server,
                stats.getWindowStart() + stats.getWindowMillis(),
                stats.getIncomplete(),
                stats.getSlots(),
                stats.getPlaces() / cap,
                stats.getPlaces(),
                stats.getLoad(),
                target,
                carried,
                needed);
    }

    /** Slots that the server needs and has not; 0 when it has enough. */
    long missing() {
        return Math.max(0, needed - usable);
    }

    /** How much of what it carries it is offered; above 1 it needs more. */
    double pressure() {
        return carriedErlangs > 0 ? load.getErlangs() / carriedErlangs : Double.MAX_VALUE;
    }
}
