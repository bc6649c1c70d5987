package io.exitpool.operator.audit;

import io.exitpool.schemas.Rejected;
import io.exitpool.schemas.SlotRange;
import java.util.Optional;

/** What holds for a rejection. */
final class RejectionRules {

    /** Larger pools are not searched for a slot that could have been granted. */
    private static final int MAX_SEARCHED = 1_024;

    void judge(Ruling ruling, Rejected rejected) {
        Optional<EventMark> mark = ruling.duty().map(Duty::mark);
        switch (rejected.getCause()) {
            case STALE_EPOCH -> stale(ruling, mark);
            case NO_POOL -> {
                if (ruling.version().isPresent()) {
                    unfounded(ruling, "NO_POOL, but it names a configuration");
                }
            }
            case DRAINING -> {
                if (ruling.config().map(config -> !config.isDraining()).orElse(false)) {
                    unfounded(ruling, "DRAINING, but the configuration takes sessions");
                }
                admitted(ruling, rejected);
            }
            case EXHAUSTED -> {
                admitted(ruling, rejected);
                exhausted(ruling);
            }
            case NOT_SYNCED -> {}
            case POOL_FAILED -> DecisionRules.drop(ruling, true);
            case UNKNOWN -> ruling.unknown(Unknown.NEWER_WORD);
        }
        mark.ifPresent(event -> current(ruling, rejected, event));
    }

    private static void stale(Ruling ruling, Optional<EventMark> mark) {
        Long current = ruling.decided().decision().getEpoch();
        if (mark.isPresent() && current != null && mark.get().epoch() >= current) {
            unfounded(ruling, "STALE_EPOCH, but its event is of no lower epoch");
        }
    }

    /** A start of a lower epoch is told so, unless there is no pool to know it. */
    private static void current(Ruling ruling, Rejected rejected, EventMark mark) {
        boolean stale =
                mark.standing() == Standing.STALE
                        && ruling.trail().epoch().isPresent()
                        && mark.epoch() < ruling.trail().epoch().getAsLong();
        if (stale) {
            switch (rejected.getCause()) {
                case EXHAUSTED, NOT_SYNCED, DRAINING ->
                        unfounded(
                                ruling, rejected.getCause() + ", but its event is of a past epoch");
                case STALE_EPOCH, NO_POOL, POOL_FAILED, UNKNOWN -> {}
            }
        }
    }

    /** Who has a lease is told so again, however full the pool is. */
    private static void admitted(Ruling ruling, Rejected rejected) {
        if (ruling.books().live(ruling.session()).isPresent()) {
            unfounded(ruling, rejected.getCause() + ", but the session has a lease");
        }
    }

    private static void exhausted(Ruling ruling) {
        if (ruling.config().isEmpty() || !ruling.books().isComplete() || ruling.isFlagged()) {
            return;
        }
        ConfigVersion config = ruling.config().get();
        if (config.size() > MAX_SEARCHED) {
            return;
        }
        for (SlotRange range : config.slotRanges()) {
            for (int i = 0; i < range.getCount(); i++) {
                int slot = range.getFirstId() + i;
                if (!config.isSetAside(slot) && isEligible(ruling, config, slot)) {
                    unfounded(ruling, "EXHAUSTED, but a slot was free and rested");
                    return;
                }
            }
        }
    }

    private static boolean isEligible(Ruling ruling, ConfigVersion config, int id) {
        SlotBook slot = ruling.books().slot(id);
        if (!slot.isExact() || slot.load() >= config.cap()) {
            return false;
        }
        return slot.load() > 0
                || switch (slot.past()) {
                    case NEVER_USED -> true;
                    case UNKNOWN -> false;
                    case KNOWN ->
                            ruling.time() - slot.emptiedAt()
                                    >= ruling.server()
                                            .configs()
                                            .shortestRest(slot.emptiedIn(), config.version())
                                            .most();
                };
    }

    private static void unfounded(Ruling ruling, String what) {
        ruling.violation(ViolationKind.UNFOUNDED_REJECTION, what);
    }
}
