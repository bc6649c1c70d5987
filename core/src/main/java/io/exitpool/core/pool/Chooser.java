package io.exitpool.core.pool;

import io.exitpool.core.decision.Choice;
import io.exitpool.core.decision.RejectCause;
import io.exitpool.core.decision.Rung;
import io.exitpool.core.event.SessionId;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/**
 * Chooses a slot for a session: the one it holds, else the one it wants, else the placement's, else
 * what the ladder of a dry pool allows, else none. A live session is never evicted to make room.
 */
final class Chooser {
    private final PoolImage image;
    private final PoolState state;
    private final LeaseBook book;
    private final AllocationSettings settings;
    private final RandomGenerator random;

    Chooser(
            PoolImage image,
            PoolState state,
            LeaseBook book,
            AllocationSettings settings,
            RandomGenerator random) {
        this.image = image;
        this.state = state;
        this.book = book;
        this.settings = settings;
        this.random = random;
    }

    /** Leaves a session on the slot that it holds; whether it could be done. */
    boolean adopt(SessionId session, OptionalInt held, int attempt) {
        if (held.isEmpty()) {
            return false;
        }
        int slot = image.indexOf(held.getAsInt());
        if (slot == SlotIndex.NONE || image.slots().load(slot) >= image.config().capMax()) {
            state.tally.adoptionConflicts++;
            return false;
        }
        book.grant(session, slot, Choice.ADOPTED, Rung.REGULAR, OptionalLong.empty(), attempt);
        return true;
    }

    /** The ordinary choice among eligible slots, or what comes after it. */
    void place(SessionId session, OptionalInt wanted, int attempt) {
        if (state.removed) {
            book.reject(session, RejectCause.NO_POOL, settings.maxRetryAfterMillis(), attempt);
            return;
        }
        if (image.config().draining()) {
            book.reject(session, RejectCause.DRAINING, settings.maxRetryAfterMillis(), attempt);
            return;
        }
        Slots slots = image.slots();
        slots.advance(state.now);
        int wish = wanted.isPresent() ? image.indexOf(wanted.getAsInt()) : SlotIndex.NONE;
        if (wish != SlotIndex.NONE && slots.isEligible(wish)) {
            grantEligible(session, wish, Choice.WANTED, attempt);
        } else if (slots.eligibleCount() > 0) {
            int slot = image.config().placement().placement().choose(slots, random);
            grantEligible(session, slot, Choice.PLACED, attempt);
        } else {
            climb(session, attempt);
        }
    }

    private void grantEligible(SessionId session, int slot, Choice choice, int attempt) {
        Slots slots = image.slots();
        boolean early = slots.load(slot) == 0 && !slots.rested(slot, state.now);
        Rung rung = early ? Rung.REST_CAPPED : Rung.REGULAR;
        book.grant(session, slot, choice, rung, gap(slot), attempt);
    }

    /** The ladder, rung by rung; the last one is the rejection. */
    private void climb(SessionId session, int attempt) {
        Slots slots = image.slots();
        if (slots.flooredCount() > 0) {
            int slot = slots.floored(random.nextInt(slots.flooredCount()));
            book.grant(session, slot, Choice.PLACED, Rung.REST_SHORTENED, gap(slot), attempt);
            return;
        }
        int capMax = image.config().capMax();
        int least = slots.leastLoad(image.config().cap(), capMax);
        if (least < capMax) {
            int slot = slots.withLoad(least, random.nextInt(slots.countWithLoad(least)));
            book.grant(session, slot, Choice.PLACED, Rung.SHARED, OptionalLong.empty(), attempt);
            return;
        }
        book.reject(session, RejectCause.EXHAUSTED, retryAfter(), attempt);
    }

    /**
     * Until the next slot has rested; a slot that is released right now would need all its rest.
     */
    private long retryAfter() {
        long wait = image.slots().untilNextFree(state.now);
        return Math.max(
                settings.minRetryAfterMillis(), Math.min(wait, settings.maxRetryAfterMillis()));
    }

    /** How long the slot has been empty; none if it was never used or is not empty. */
    private OptionalLong gap(int slot) {
        Slots slots = image.slots();
        return slots.used(slot) && slots.load(slot) == 0
                ? OptionalLong.of(state.now - slots.releasedAt(slot))
                : OptionalLong.empty();
    }
}
