package io.exitpool.operator.audit;

import io.exitpool.schemas.ReleaseCause;
import java.util.Optional;
import java.util.OptionalLong;

/** What one slot carries, and since when it carries nothing. */
final class SlotBook {

    /** What is known of the time since a slot last carried a session. */
    enum Past {
        NEVER_USED,
        KNOWN,
        UNKNOWN
    }

    private int known;
    private int unseen;
    private boolean exact;
    private int passing;
    private Past past;
    private long emptiedAt;
    private ReleaseCause emptiedBy = ReleaseCause.UNKNOWN;
    private OptionalLong emptiedIn = OptionalLong.empty();
    private Optional<Occupancy> occupancy = Optional.empty();

    /**
     * @param complete everything that happened to the slot was read
     */
    SlotBook(boolean complete) {
        exact = complete;
        past = complete ? Past.NEVER_USED : Past.UNKNOWN;
    }

    /** Leases on the slot, those included that only a decision's own figure tells of. */
    int load() {
        return known + unseen;
    }

    /** Whether the load is more than a lower bound. */
    boolean isExact() {
        return exact;
    }

    /** Takes a decision's word for the load, never for less than what was read. */
    void believe(int load) {
        unseen = Math.max(0, load - known);
        exact = true;
    }

    void add() {
        known++;
    }

    /** A lease that was counted, but not known, is known now. */
    void learn() {
        unseen = Math.max(0, unseen - 1);
        known++;
    }

    void remove() {
        known--;
    }

    void removeUnseen() {
        unseen = Math.max(0, unseen - 1);
    }

    /** A lease may be gone or not: the next decision about the slot will tell. */
    void doubt() {
        known--;
        exact = false;
        past = Past.UNKNOWN;
    }

    /** The next adoption takes the place of a lease that was passed on. */
    void pass() {
        passing++;
    }

    /** Whether an adoption takes a place that was passed on; each is taken once. */
    boolean takePassed() {
        boolean passed = passing > 0;
        passing = 0;
        return passed;
    }

    Past past() {
        return past;
    }

    void empty(long at, ReleaseCause by, OptionalLong version) {
        past = Past.KNOWN;
        emptiedAt = at;
        emptiedBy = by;
        emptiedIn = version;
    }

    void forgetPast() {
        past = Past.UNKNOWN;
    }

    long emptiedAt() {
        return emptiedAt;
    }

    ReleaseCause emptiedBy() {
        return emptiedBy;
    }

    /** The configuration in force when the slot emptied. */
    OptionalLong emptiedIn() {
        return emptiedIn;
    }

    Optional<Occupancy> occupancy() {
        return occupancy;
    }

    void occupy(Occupancy by) {
        occupancy = Optional.of(by);
    }

    void vacate() {
        occupancy = Optional.empty();
    }
}
