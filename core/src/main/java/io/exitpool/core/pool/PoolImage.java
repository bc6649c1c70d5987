package io.exitpool.core.pool;

import io.exitpool.core.decision.Addresses;
import io.exitpool.core.event.SessionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A pool's configuration together with its slots and leases. A change of configuration puts the
 * slots together anew: it is rare, and whatever a slot may be was decided by {@link Slots} once.
 *
 * <p>Slots that leave the configuration stay, retiring, until they are empty and rested; they come
 * after the configuration's own in index order.
 */
final class PoolImage {
    private PoolConfig config;
    private OptionalLong version;
    private List<SlotRange> retiring;
    private SlotIndex index;
    private Slots slots;
    private final Leases leases;

    /** All slots free. */
    PoolImage(PoolConfig config) {
        this(config, List.of(), Map.of());
    }

    /** The slots as their rows have them; leases are to be added with {@link #restoreLease}. */
    PoolImage(PoolConfig config, List<SlotRange> retiring, Map<Integer, SlotRow> rows) {
        this.config = config;
        version = OptionalLong.of(config.version());
        this.retiring = List.copyOf(retiring);
        index = indexOf(config, retiring);
        slots = new Slots(index.size(), config);
        leases = new Leases(index.size() * config.cap());
        rows.forEach(
                (id, row) -> {
                    int slot = index.indexOf(id);
                    Invariant.check(slot != SlotIndex.NONE, "a row of an unknown slot");
                    slots.markReleased(slot, row.releasedAt(), row.reported());
                });
        settle();
    }

    PoolConfig config() {
        return config;
    }

    /** The configuration's, made once: every decision tells it. */
    OptionalLong version() {
        return version;
    }

    List<SlotRange> retiring() {
        return retiring;
    }

    Slots slots() {
        return slots;
    }

    Leases leases() {
        return leases;
    }

    /** The slot's index, or {@link SlotIndex#NONE}. */
    int indexOf(int id) {
        return index.indexOf(id);
    }

    int idAt(int slot) {
        return index.idAt(slot);
    }

    Addresses addressesAt(int slot) {
        return index.addressesAt(slot);
    }

    /** While a pool is put together from its rows. */
    void restoreLease(SessionId session, LeaseRow row) {
        int slot = index.indexOf(row.slot());
        Invariant.check(slot != SlotIndex.NONE, "a lease of an unknown slot");
        leases.add(session, slot, row.grantedAt());
        slots.grant(slot);
    }

    /** What forbids the change, if something does: an id that would stand for other addresses. */
    Optional<String> refuses(PoolConfig next) {
        SlotIndex nextIndex = new SlotIndex(next.slots());
        for (int slot = 0; slot < index.size(); slot++) {
            int id = index.idAt(slot);
            int other = nextIndex.indexOf(id);
            if (other != SlotIndex.NONE
                    && !nextIndex.addressesAt(other).equals(index.addressesAt(slot))) {
                return Optional.of(
                        "slot " + id + " would change its addresses; a new slot needs a new id");
            }
        }
        return Optional.empty();
    }

    /** Takes the new configuration; rows of slots that are gone for good are handed to the sink. */
    void reconfigure(PoolConfig next, long now, String server, Sink sink) {
        SlotIndex nextOwn = new SlotIndex(next.slots());
        List<SlotRange> nextRetiring = new ArrayList<>();
        for (int slot = 0; slot < index.size(); slot++) {
            int id = index.idAt(slot);
            if (nextOwn.indexOf(id) == SlotIndex.NONE) {
                if (slots.load(slot) > 0 || !slots.rested(slot, now)) {
                    nextRetiring.add(new SlotRange(id, 1, index.addressesAt(slot)));
                } else if (slots.used(slot)) {
                    sink.slotGone(server, id);
                }
            }
        }
        SlotIndex nextIndex = indexOf(next, nextRetiring);
        Slots nextSlots = new Slots(nextIndex.size(), next);
        int[] renumbered = new int[index.size()];
        for (int slot = 0; slot < renumbered.length; slot++) {
            renumbered[slot] = nextIndex.indexOf(index.idAt(slot));
            if (renumbered[slot] != SlotIndex.NONE && slots.used(slot)) {
                nextSlots.markReleased(
                        renumbered[slot], slots.releasedAt(slot), slots.reported(slot));
            }
        }
        leases.renumber(renumbered, nextIndex.size() * next.cap());
        for (int lease = 0; lease < leases.capacity(); lease++) {
            if (leases.lives(lease)) {
                nextSlots.grant(leases.slotOf(lease));
            }
        }
        config = next;
        version = OptionalLong.of(next.version());
        retiring = List.copyOf(nextRetiring);
        index = nextIndex;
        slots = nextSlots;
        settle();
    }

    /** Whether a retiring slot is empty and rested. */
    boolean retires(long now) {
        for (int slot = index.size() - retiring.size(); slot < index.size(); slot++) {
            if (slots.load(slot) == 0 && slots.rested(slot, now)) {
                return true;
            }
        }
        return false;
    }

    /** All slots free and never used, no lease: what was known is forgotten. */
    void clear() {
        leases.clear();
        retiring = List.of();
        index = indexOf(config, retiring);
        slots = new Slots(index.size(), config);
        settle();
    }

    void check() {
        slots.check();
        Invariant.check(
                slots.totalLoad() == leases.size(),
                "the slots do not carry as many sessions as there are leases");
    }

    /** Sets aside what must not be granted; every slot's past is in place. */
    private void settle() {
        for (SetAside aside : config.setAside()) {
            int slot = index.indexOf(aside.slot());
            if (slot != SlotIndex.NONE) {
                slots.setAside(slot);
            }
        }
        for (SlotRange gone : retiring) {
            slots.setAside(index.indexOf(gone.firstId()));
        }
        slots.settle();
    }

    private static SlotIndex indexOf(PoolConfig config, List<SlotRange> retiring) {
        List<SlotRange> all = new ArrayList<>(config.slots());
        all.addAll(retiring);
        return new SlotIndex(all);
    }
}
