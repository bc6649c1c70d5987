package io.exitpool.operator.audit;

import io.exitpool.schemas.Granted;
import io.exitpool.schemas.ReleaseCause;
import io.exitpool.schemas.Rung;

/** What holds for the grant of a slot that carries nobody. */
final class RestRules {

    /** Gaps are told in milliseconds, but a store may keep times of release in whole seconds. */
    private static final long GAP_TOLERANCE = 1_000;

    private final long tolerance;

    RestRules(long tolerance) {
        this.tolerance = tolerance;
    }

    void judge(Ruling ruling, Granted granted, SlotBook slot) {
        switch (slot.past()) {
            case NEVER_USED -> neverUsed(ruling, granted);
            case UNKNOWN -> ruling.unknown(Unknown.REST_BEFORE_LOG);
            case KNOWN -> {
                long gap = ruling.time() - slot.emptiedAt();
                ruling.config().ifPresent(config -> rest(ruling, granted, slot, config, gap));
                gap(ruling, granted, gap);
            }
        }
    }

    private static void neverUsed(Ruling ruling, Granted granted) {
        if (granted.getGapMillis() != null && !ruling.isFlagged()) {
            ruling.violation(
                    ViolationKind.BOOKS_DIFFER, "names a gap, but the slot was never used");
        }
    }

    private void rest(
            Ruling ruling, Granted granted, SlotBook slot, ConfigVersion config, long gap) {
        long waited = gap + tolerance;
        if (waited >= config.minRest()) {
            return;
        }
        switch (granted.getRung()) {
            case REST_CAPPED -> {
                if (!config.capsRest()) {
                    regular(ruling, granted.getRung(), slot, config, gap);
                }
            }
            case REST_SHORTENED -> shortened(ruling, slot, config, gap);
            case UNKNOWN -> ruling.unknown(Unknown.NEWER_WORD);
            case REGULAR, SHARED -> regular(ruling, granted.getRung(), slot, config, gap);
        }
    }

    private void shortened(Ruling ruling, SlotBook slot, ConfigVersion config, long gap) {
        if (config.restFloor().isEmpty()) {
            regular(ruling, Rung.REST_SHORTENED, slot, config, gap);
        } else if (gap + tolerance < config.restFloor().getAsLong()) {
            ruling.violation(
                    ViolationKind.STILL_RESTING,
                    "REST_SHORTENED after "
                            + gap
                            + " ms, the floor is "
                            + config.restFloor().getAsLong()
                            + " ms");
        } else if (slot.emptiedBy() != ReleaseCause.ENDED) {
            ruling.violation(
                    ViolationKind.STILL_RESTING,
                    "REST_SHORTENED after a release that was " + slot.emptiedBy());
        }
    }

    /** A rest made longer binds slots that empty after it. */
    private void regular(Ruling ruling, Rung rung, SlotBook slot, ConfigVersion config, long gap) {
        ConfigHistory.Rest rest =
                ruling.server().configs().shortestRest(slot.emptiedIn(), config.version());
        if (gap + tolerance >= rest.least()) {
            return;
        }
        if (rest.complete()) {
            ruling.violation(
                    ViolationKind.STILL_RESTING,
                    rung + " after " + gap + " ms, the rest is " + rest.least() + " ms");
        } else {
            ruling.unknown(Unknown.CONFIG_GONE);
        }
    }

    private static void gap(Ruling ruling, Granted granted, long gap) {
        Long told = granted.getGapMillis();
        if (told != null && Math.abs(told - gap) > GAP_TOLERANCE && !ruling.isFlagged()) {
            ruling.violation(
                    ViolationKind.BOOKS_DIFFER,
                    "gap " + told + " ms, by the decisions before it " + gap + " ms");
        }
    }
}
