package io.exitpool.operator.pools;

import io.exitpool.operator.pools.ServerPool.WantedSlot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The slots that a server gets now, with their ids, and those that have to wait. A slot keeps its
 * id for as long as it is configured, and gets it back when it returns before it was ever free; a
 * new one gets the next id that no slot of the server ever had.
 *
 * @param slots by id
 * @param fresh addresses that the server does not have now
 */
record SlotAssignment(
        SortedMap<Integer, SlotAddresses> slots,
        int nextSlotId,
        List<Address> fresh,
        List<Waiting> waiting,
        List<Problem> refusals) {

    static SlotAssignment of(
            String server,
            ServerPool wanted,
            StoredPool pool,
            int nextSlotId,
            Occupancy occupancy) {
        Work work = new Work(server, pool, nextSlotId, occupancy);
        wanted.slots().forEach(work::sort);
        return work.assign(wanted.nextSlotId());
    }

    /** The assignment while it is made. */
    private static final class Work {

        private final String server;
        private final int nextSlotId;
        private final Occupancy occupancy;
        private final Optional<Holder> unknown;
        private final Map<SlotAddresses, Integer> current = new HashMap<>();
        private final SortedMap<Integer, SlotAddresses> slots = new TreeMap<>();
        private final SortedMap<Integer, SlotAddresses> numbered = new TreeMap<>();
        private final List<SlotAddresses> unnumbered = new ArrayList<>();
        private final List<Address> fresh = new ArrayList<>();
        private final List<Waiting> waiting = new ArrayList<>();
        private final List<Problem> refusals = new ArrayList<>();

        Work(String server, StoredPool pool, int nextSlotId, Occupancy occupancy) {
            this.server = server;
            this.nextSlotId = nextSlotId;
            this.occupancy = occupancy;
            this.unknown = occupancy.unknown().stream().findFirst();
            pool.slots().forEach((id, addresses) -> current.put(addresses, id));
        }

        /** Puts a slot with those that have an id, that are given one, or that need one. */
        void sort(WantedSlot wanted) {
            SlotAddresses addresses = wanted.addresses();
            Optional<Integer> id = Optional.ofNullable(current.get(addresses));
            if (id.isEmpty()) {
                fresh.addAll(addresses.all());
                id = occupancy.leavingSlot(server, addresses);
            }
            if (id.isPresent()) {
                keep(wanted, addresses, id.get());
            } else if (wanted.id().isEmpty()) {
                unnumbered.add(addresses);
            } else if (wanted.id().getAsInt() < nextSlotId) {
                refuse(
                        addresses
                                + " cannot have the id "
                                + wanted.id().getAsInt()
                                + ": ids below "
                                + nextSlotId
                                + " were given before; leave the id out");
            } else {
                numbered.put(wanted.id().getAsInt(), addresses);
            }
        }

        /** A slot that is configured, or that was and may still be in use, keeps its id. */
        private void keep(WantedSlot wanted, SlotAddresses addresses, int id) {
            if (wanted.id().isPresent() && wanted.id().getAsInt() != id) {
                refuse(addresses + " has the id " + id + ", not " + wanted.id().getAsInt());
            }
            // It may have been given away since, and nothing tells any more that it was free.
            Optional<Holder> other = occupancy.holder(addresses, server, Optional.of(id));
            if (current.containsKey(addresses) || other.isEmpty()) {
                slots.put(id, addresses);
            } else {
                await(addresses, other.get());
            }
        }

        SlotAssignment assign(OptionalInt wantedNext) {
            // Ids only go up: a slot whose id is fixed and that has to wait keeps those above back.
            Optional<Holder> ahead = Optional.empty();
            int next = nextSlotId;
            for (Map.Entry<Integer, SlotAddresses> slot : numbered.entrySet()) {
                ahead = ahead.or(() -> holder(slot.getValue()));
                if (ahead.isPresent()) {
                    await(slot.getValue(), ahead.get());
                } else {
                    slots.put(slot.getKey(), slot.getValue());
                    next = slot.getKey() + 1;
                }
            }
            for (SlotAddresses addresses : unnumbered) {
                Optional<Holder> holder = holder(addresses);
                Optional<Holder> blocker = holder.isPresent() ? holder : ahead;
                if (blocker.isPresent()) {
                    await(addresses, blocker.get());
                } else if (next == Integer.MAX_VALUE) {
                    refuse("has no slot id left; ids are never given twice");
                    break;
                } else {
                    slots.put(next++, addresses);
                }
            }
            if (ahead.isEmpty()) {
                next = Math.max(next, wantedNext.orElse(0));
            }
            return new SlotAssignment(slots, next, fresh, waiting, refusals);
        }

        private Optional<Holder> holder(SlotAddresses addresses) {
            return occupancy.holder(addresses, server, Optional.empty()).or(() -> unknown);
        }

        private void await(SlotAddresses addresses, Holder holder) {
            waiting.add(new Waiting(server, addresses.toString(), holder));
        }

        private void refuse(String what) {
            refusals.add(Problem.at("servers." + server, what));
        }
    }
}
