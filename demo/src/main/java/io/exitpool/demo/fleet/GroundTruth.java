package io.exitpool.demo.fleet;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Who really uses which slot of one server, kept where the addresses are used and not where they
 * are given out: double grants are seen here, not deduced. A tunnel whose lease the allocator has
 * released goes on with its address until its agent hears of it, and does not count meanwhile.
 */
final class GroundTruth {

    /** A slot carried more tunnels than the grant said. */
    static final String SLOT_OVER_ITS_LOAD = "SLOT_OVER_ITS_LOAD";

    private final Map<Tunnel, Integer> slots = new HashMap<>();
    private final Set<Tunnel> disowned = new HashSet<>();
    private final Map<String, Long> violations = new TreeMap<>();

    void uses(Tunnel tunnel, int slot) {
        slots.put(tunnel, slot);
        disowned.remove(tunnel);
    }

    void usesNone(Tunnel tunnel) {
        slots.remove(tunnel);
        disowned.remove(tunnel);
    }

    /** The allocator took the slot back from a tunnel that lives. */
    void disowned(Tunnel tunnel) {
        if (slots.containsKey(tunnel)) {
            disowned.add(tunnel);
        }
    }

    /** A grant said that the slot carries so many sessions with this one. */
    void granted(int slot, int load) {
        long carried =
                slots.entrySet().stream()
                        .filter(use -> use.getValue() == slot && !disowned.contains(use.getKey()))
                        .count();
        if (carried > load) {
            violations.merge(SLOT_OVER_ITS_LOAD, 1L, Long::sum);
        }
    }

    /** The tunnels with a slot. */
    Map<Tunnel, Integer> uses() {
        return Map.copyOf(slots);
    }

    /** How many leases the allocator must have when everything has been said. */
    int leases() {
        return slots.size() - disowned.size();
    }

    List<Integer> slotsInUse() {
        Collection<Integer> inUse = new HashSet<>(slots.values());
        return new ArrayList<>(inUse);
    }

    Map<String, Long> violations() {
        return violations;
    }
}
