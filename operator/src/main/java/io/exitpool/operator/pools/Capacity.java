package io.exitpool.operator.pools;

import io.exitpool.core.stats.ErlangB;
import io.exitpool.schemas.PoolConfig;
import io.exitpool.schemas.SetAside;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a pool can carry, computed from its configuration: the sessions that have a place, and the
 * load in erlangs of which no more than the target share is rejected. The load counts the rest: a
 * start takes its slot for the session's time and {@code min-rest} after it.
 *
 * @param slots all of them
 * @param setAside those that are not granted
 */
public record Capacity(int slots, int setAside, long sessions, double erlangs, double target) {

    /** Of a server that is not configured. */
    static final Capacity NONE = new Capacity(0, 0, 0, 0, 0);

    static Capacity of(PoolConfig config) {
        int slots = SlotTable.count(config.getSlots());
        Map<Integer, SlotAddresses> table = SlotTable.of(config.getSlots());
        Set<Integer> aside =
                config.getSetAside().stream()
                        .map(SetAside::getSlot)
                        .filter(table::containsKey)
                        .collect(Collectors.toSet());
        long sessions = (long) (slots - aside.size()) * config.getCap();
        double target = config.getTargetBlocking();
        boolean sensible = target > 0 && target < 1 && sessions > 0;
        double erlangs = sensible ? ErlangB.load(sessions, target) : 0;
        return new Capacity(slots, aside.size(), sessions, erlangs, target);
    }
}
