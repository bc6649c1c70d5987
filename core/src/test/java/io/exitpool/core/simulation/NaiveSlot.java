package io.exitpool.core.simulation;

import io.exitpool.core.decision.Addresses;
import io.exitpool.core.event.SessionId;
import io.exitpool.core.pool.SlotRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A slot of the model: what it carries, and what its past is. */
final class NaiveSlot {
    record Lease(SessionId session, long grantedAt, long epoch, long seq, long decided) {}

    final int id;
    final Addresses addresses;
    final List<Lease> leases = new ArrayList<>();

    /** Its last release; none if it was never used. */
    Optional<SlotRow> past = Optional.empty();

    /** It must not be granted. */
    boolean aside;

    /** It left the configuration. */
    boolean retiring;

    /** It came back before its rest was over, because too many rested. */
    boolean early;

    /** Orders slots that emptied at the same time. */
    long turn;

    NaiveSlot(int id, Addresses addresses) {
        this.id = id;
        this.addresses = addresses;
    }

    int load() {
        return leases.size();
    }

    boolean used() {
        return past.isPresent();
    }

    boolean rested(long now, long minRest) {
        return past.isEmpty() || now - past.get().releasedAt() >= minRest;
    }

    boolean free(long now, long minRest) {
        return !aside && load() == 0 && (early || rested(now, minRest));
    }

    boolean resting(long now, long minRest) {
        return !aside && load() == 0 && !early && !rested(now, minRest);
    }

    boolean reported() {
        return past.map(SlotRow::reported).orElse(false);
    }

    /** Earlier than any release if it was never used. */
    long releasedAt() {
        return past.map(SlotRow::releasedAt).orElse(Long.MIN_VALUE);
    }
}
