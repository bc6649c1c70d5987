package io.exitpool.operator.pools;

import io.exitpool.schemas.PoolStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * Which server may still use which address: those configured there, and those that left it and are
 * not known to be empty and rested. An address is free only when the log proves it, because one
 * address on two servers is what the whole system exists to prevent.
 */
final class Occupancy {

    private final FleetState state;
    private final boolean assumeFree;
    private final Map<Address, List<Holder>> holders = new HashMap<>();
    private final Map<Address, String> configured = new HashMap<>();
    private final Map<String, Map<SlotAddresses, Integer>> leaving = new HashMap<>();
    private final Map<String, List<FormerSlots>> former = new HashMap<>();
    private final List<Holder> unknown = new ArrayList<>();

    /**
     * @param assumeFree takes for free what no configuration lists and nobody is known to use
     */
    Occupancy(FleetState state, boolean assumeFree) {
        this.state = state;
        this.assumeFree = assumeFree;
        for (String server : state.servers()) {
            state.pool(server)
                    .slots()
                    .forEach(
                            (id, addresses) -> {
                                hold(addresses, new Holder(server, id, "still configured"));
                                addresses.all().forEach(a -> configured.putIfAbsent(a, server));
                            });
        }
        for (String server : state.servers()) {
            former(server);
            if (!assumeFree) {
                unknown(server);
            }
        }
    }

    /** Who may still use an address of the slot, somebody else than the slot itself. */
    Optional<Holder> holder(SlotAddresses addresses, String server, Optional<Integer> slot) {
        return addresses.all().stream()
                .flatMap(address -> holders.getOrDefault(address, List.of()).stream())
                .filter(h -> !(h.server().equals(server) && slot.equals(Optional.of(h.slot()))))
                .findFirst();
    }

    /** The server that has the address in its configuration. */
    Optional<String> configuredOn(Address address) {
        return Optional.ofNullable(configured.get(address));
    }

    /**
     * The id that the very same slot had on this server, if it has left and may still be in use.
     */
    Optional<Integer> leavingSlot(String server, SlotAddresses addresses) {
        return Optional.ofNullable(leaving.getOrDefault(server, Map.of()).get(addresses));
    }

    /** What the server's next note has to go on telling. */
    List<FormerSlots> stillFormer(String server) {
        return former.getOrDefault(server, List.of());
    }

    /**
     * Slots whose addresses no record tells, the first of each server: any address that nobody is
     * known to hold may be one of theirs.
     */
    List<Holder> unknown() {
        return unknown;
    }

    private void former(String server) {
        Set<Integer> retiring =
                Set.copyOf(state.status(server).map(PoolStatus::getRetiring).orElse(List.of()));
        for (FormerSlots slots : state.pool(server).former()) {
            boolean allFree = true;
            SortedMap<Integer, SlotAddresses> each = SlotTable.of(List.of(slots.range()));
            for (Map.Entry<Integer, SlotAddresses> slot : each.entrySet()) {
                int id = slot.getKey();
                Optional<String> why =
                        whyNotFree(server, slots.lastVersion(), retiring.contains(id));
                if (why.isPresent()) {
                    allFree = false;
                    hold(slot.getValue(), new Holder(server, id, why.get()));
                    leaving.computeIfAbsent(server, s -> new HashMap<>()).put(slot.getValue(), id);
                }
            }
            if (!allFree) {
                former.computeIfAbsent(server, s -> new ArrayList<>()).add(slots);
            }
        }
    }

    private Optional<String> whyNotFree(String server, long lastVersion, boolean retiring) {
        StoredPool pool = state.pool(server);
        boolean removed = pool.config().isEmpty();
        Optional<PoolStatus> status = state.status(server);
        if (status.isEmpty()) {
            // A pool that was there has gone with its status. One that never was may yet come:
            // the allocation reads what was configured before it reads that it was removed.
            boolean gone =
                    pool.note().takenUp()
                            || state.goneAt(server)
                                    .filter(at -> at >= pool.timestamp())
                                    .isPresent();
            return removed && (gone || assumeFree)
                    ? Optional.empty()
                    : Optional.of(server + " has no status: is allocation running?");
        }
        Long shown = status.get().getConfigVersion();
        boolean takenUp = shown == null ? removed : shown > lastVersion;
        if (!takenUp) {
            return Optional.of("the status of " + server + " does not show its removal yet");
        }
        return retiring ? Optional.of("not yet empty and rested") : Optional.empty();
    }

    private void unknown(String server) {
        Optional<PoolStatus> status = state.status(server);
        if (status.isEmpty()) {
            return;
        }
        StoredPool pool = state.pool(server);
        Set<Integer> known = new HashSet<>(pool.slots().keySet());
        pool.former().forEach(f -> known.addAll(SlotTable.of(List.of(f.range())).keySet()));
        for (int id : status.get().getRetiring()) {
            if (!known.contains(id)) {
                String why = "it retires, and no record tells its address any more";
                unknown.add(new Holder(server, id, why));
                return;
            }
        }
        boolean neverRead = pool.offset() < 0 && status.get().getSlots() > 0;
        Long shown = status.get().getConfigVersion();
        boolean behind = !pool.complete() && (shown == null || shown < pool.version());
        if (neverRead || behind) {
            String why = "allocation has not taken up its configuration yet";
            unknown.add(new Holder(server, 0, why));
        }
    }

    private void hold(SlotAddresses addresses, Holder holder) {
        for (Address address : addresses.all()) {
            holders.merge(address, List.of(holder), Occupancy::both);
        }
    }

    private static List<Holder> both(List<Holder> some, List<Holder> more) {
        List<Holder> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }
}
