package io.exitpool.operator.audit;

import java.util.Optional;

/** One lease as the decisions tell it. */
final class Lease {
    private final SessionKey session;
    private final int slot;
    private final SlotAddresses addresses;
    private final Position grantedBy;
    private final long eventOffset;
    private final boolean learned;
    private Optional<Duty> endedBy = Optional.empty();
    private boolean doubtful;
    private boolean forgotten;

    /**
     * @param eventOffset offset of the event that it was granted for, -1 if that is not known
     * @param learned known from a repeated grant only
     */
    Lease(
            SessionKey session,
            int slot,
            SlotAddresses addresses,
            Position grantedBy,
            long eventOffset,
            boolean learned) {
        this.session = session;
        this.slot = slot;
        this.addresses = addresses;
        this.grantedBy = grantedBy;
        this.eventOffset = eventOffset;
        this.learned = learned;
    }

    SessionKey session() {
        return session;
    }

    int slot() {
        return slot;
    }

    SlotAddresses addresses() {
        return addresses;
    }

    Position grantedBy() {
        return grantedBy;
    }

    long eventOffset() {
        return eventOffset;
    }

    boolean isLearned() {
        return learned;
    }

    /** The session is over by the rules, yet no release was read. */
    boolean isDoubtful() {
        return doubtful;
    }

    void doubt() {
        doubtful = true;
    }

    /** The books that it stood in are not to be believed any more. */
    boolean isForgotten() {
        return forgotten;
    }

    void forget() {
        forgotten = true;
    }

    void end(Optional<Duty> by) {
        endedBy = by;
    }

    boolean wasEndedBy(Duty duty) {
        return endedBy.map(by -> by == duty).orElse(false);
    }
}
