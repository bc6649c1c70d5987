package io.exitpool.operator.audit;

import io.exitpool.schemas.ReleaseCause;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the decisions about one server add up to: its leases and what each slot carries. Kept by the
 * decisions' own words alone, in their order, so that they can be held against it.
 */
final class PoolBooks {
    private final String server;
    private final LogStart decisions;
    private final AddressBook addresses;
    private final Map<SessionKey, Lease> leases = new HashMap<>();

    /** Leases of sessions that were granted another slot since; they end with that one. */
    private final Map<SessionKey, Lease> seconds = new HashMap<>();

    private final Map<Integer, SlotBook> slots = new HashMap<>();
    private OptionalLong droppedAt = OptionalLong.empty();

    PoolBooks(String server, LogStart decisions, AddressBook addresses) {
        this.server = server;
        this.decisions = decisions;
        this.addresses = addresses;
    }

    /** Whether every lease that lives is in the books. */
    boolean isComplete() {
        return !decisions.late() && droppedAt.isEmpty();
    }

    /** Whether a lease granted at the time, in milliseconds, may be missing in the books. */
    boolean mayLack(long grantedAt) {
        return decisions.mayLack(grantedAt)
                || droppedAt.isPresent() && grantedAt <= droppedAt.getAsLong();
    }

    /** The session's lease, unless the session is over. */
    Optional<Lease> live(SessionKey session) {
        return Optional.ofNullable(leases.get(session)).filter(lease -> !lease.isDoubtful());
    }

    /** Whether the session has a lease, were it one that should be gone. */
    boolean knows(SessionKey session) {
        return leases.containsKey(session);
    }

    /** The session's lease of this slot. */
    Optional<Lease> of(SessionKey session, int slot) {
        Lease lease = leases.get(session);
        if (lease != null && lease.slot() == slot) {
            return Optional.of(lease);
        }
        return Optional.ofNullable(seconds.get(session)).filter(second -> second.slot() == slot);
    }

    Collection<Lease> all() {
        return leases.values();
    }

    SlotBook slot(int id) {
        return slots.computeIfAbsent(id, slot -> new SlotBook(isComplete()));
    }

    void grant(Lease lease) {
        SlotBook slot = slot(lease.slot());
        Lease before = leases.put(lease.session(), lease);
        if (before != null && !before.isDoubtful()) {
            seconds.put(lease.session(), before);
        }
        slot.add();
        occupy(slot, lease);
    }

    /** A lease that began before the first record is known from a repeated grant. */
    void learn(Lease lease) {
        SlotBook slot = slot(lease.slot());
        leases.put(lease.session(), lease);
        slot.learn();
        occupy(slot, lease);
    }

    /** Ends a lease, and what else the session has. The slot is not empty while it passes on. */
    void release(Lease lease, Optional<Duty> by) {
        detach(lease);
        lease.end(by);
        Lease other = leases.remove(lease.session());
        if (other == lease) {
            other = seconds.get(lease.session());
        }
        seconds.remove(lease.session());
        if (other != null) {
            detach(other);
        }
    }

    /** After a release: whether the slot is empty now, and since when. */
    void settle(int id, long at, ReleaseCause cause, OptionalLong version) {
        SlotBook slot = slot(id);
        if (slot.load() == 0) {
            slot.empty(at, cause, version);
            vacate(slot, at);
        }
    }

    /** The session is over, yet its lease was not released: nobody is known to be on the slot. */
    void doubt(Lease lease, long at) {
        SlotBook slot = slot(lease.slot());
        lease.doubt();
        slot.doubt();
        if (slot.load() == 0) {
            vacate(slot, at);
        }
    }

    /** The pool forgot when its slots emptied. */
    void forgetPast() {
        slots.values().forEach(SlotBook::forgetPast);
    }

    /**
     * The pool's own books are gone: what was read before says nothing any more.
     *
     * @param absolve a lease that should have been released already was forgotten, too
     */
    int drop(long at, boolean absolve) {
        int dropped = leases.size();
        for (Map<SessionKey, Lease> some : List.of(leases, seconds)) {
            some.values().stream()
                    .filter(lease -> absolve || !lease.isDoubtful())
                    .forEach(Lease::forget);
            some.clear();
        }
        slots.values().forEach(slot -> vacate(slot, at));
        slots.clear();
        droppedAt = OptionalLong.of(at);
        return dropped;
    }

    private void detach(Lease lease) {
        if (!lease.isDoubtful()) {
            slot(lease.slot()).remove();
        } else {
            slot(lease.slot()).removeUnseen();
        }
    }

    private void occupy(SlotBook slot, Lease lease) {
        if (slot.occupancy().isEmpty()) {
            Occupancy begun = new Occupancy(server, lease.addresses().all(), lease.grantedBy());
            slot.occupy(begun);
            addresses.begin(begun);
        }
    }

    private void vacate(SlotBook slot, long at) {
        slot.occupancy().ifPresent(occupancy -> addresses.end(occupancy, at));
        slot.vacate();
    }
}
