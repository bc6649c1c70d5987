package io.exitpool.core.pool;

import io.exitpool.core.decision.ReleaseCause;
import io.exitpool.core.event.SnapshotEntry;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * What a complete snapshot does, in this order: sessions that have their lease keep it; in a pool
 * out of sync, leases of an older epoch pass to the sessions that hold their slots; every other
 * lease is released; sessions that hold a free or resting slot stay there; the rest is placed.
 */
final class SnapshotRule {
    private final PoolImage image;
    private final PoolState state;
    private final LeaseBook book;
    private final Chooser chooser;

    SnapshotRule(PoolImage image, PoolState state, LeaseBook book, Chooser chooser) {
        this.image = image;
        this.state = state;
        this.book = book;
        this.chooser = chooser;
    }

    void apply(List<SnapshotEntry> entries) {
        BitSet named = named(entries);
        if (!state.synced) {
            passOn(entries, named);
        }
        book.releaseAllBut(named, state.synced ? ReleaseCause.VANISHED : ReleaseCause.RESET);
        state.renew();
        entries.forEach(this::keepWhereItIs);
        for (SnapshotEntry entry : entries) {
            if (image.leases().find(entry.session()) == Leases.NONE) {
                chooser.place(entry.session(), entry.wanted(), 0);
            }
        }
    }

    private BitSet named(List<SnapshotEntry> entries) {
        Leases leases = image.leases();
        BitSet named = new BitSet(leases.capacity());
        for (SnapshotEntry entry : entries) {
            int lease = leases.find(entry.session());
            if (lease != Leases.NONE) {
                named.set(lease);
            }
        }
        return named;
    }

    private void passOn(List<SnapshotEntry> entries, BitSet named) {
        Leases leases = image.leases();
        int[] firstOn = new int[image.slots().size()];
        int[] next = new int[leases.capacity()];
        Arrays.fill(firstOn, Leases.NONE);
        for (int lease = 0; lease < next.length; lease++) {
            if (leases.lives(lease) && !named.get(lease)) {
                next[lease] = firstOn[leases.slotOf(lease)];
                firstOn[leases.slotOf(lease)] = lease;
            }
        }
        for (SnapshotEntry entry : entries) {
            int slot = heldSlot(entry);
            if (slot != SlotIndex.NONE
                    && firstOn[slot] != Leases.NONE
                    && leases.find(entry.session()) == Leases.NONE) {
                int old = firstOn[slot];
                firstOn[slot] = next[old];
                named.set(book.passOn(old, entry.session()));
            }
        }
    }

    private void keepWhereItIs(SnapshotEntry entry) {
        int lease = image.leases().find(entry.session());
        if (lease == Leases.NONE) {
            chooser.adopt(entry.session(), entry.held(), 0);
        } else if (entry.held().isPresent() && heldSlot(entry) != image.leases().slotOf(lease)) {
            // The server's map and the books differ: it is told again what the books say.
            state.tally.adoptionConflicts++;
            book.grantAgain(lease, 0);
        }
    }

    private int heldSlot(SnapshotEntry entry) {
        return entry.held().isPresent() ? image.indexOf(entry.held().getAsInt()) : SlotIndex.NONE;
    }
}
