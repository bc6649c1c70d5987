package io.exitpool.core.alert;

import io.exitpool.core.pool.PoolStatus;
import io.exitpool.core.stats.Load;
import java.util.Optional;

/**
 * Too many slots are set aside: a large share, or few, but just those that the load is short of.
 * Slots that left the configuration and are only being emptied are no part of either count.
 */
final class SetAsideShareRule implements AlertRule {
    @Override
    public Optional<Reading> read(Situation situation, AlertSettings settings) {
        AlertSettings.SetAsideShare limits = settings.setAsideShare();
        int slots = situation.status().slots() - situation.status().retiring().size();
        int aside = aside(situation.status());
        if (slots <= 0) {
            return Optional.empty();
        }
        double share = (double) aside / slots;
        boolean missed = aside > 0 && missed(situation, aside);
        boolean spared =
                aside == 0
                        || situation
                                .load()
                                .map(
                                        load ->
                                                load.erlangs()
                                                        < settings.nearExhaustion().closeShare()
                                                                * load.carriedErlangs())
                                .orElse(true);
        return Reading.of(
                100 * share,
                100 * limits.openShare(),
                share >= limits.openShare() || missed,
                share < limits.closeShare() && spared);
    }

    @Override
    public Hold hold(AlertSettings settings) {
        AlertSettings.SetAsideShare limits = settings.setAsideShare();
        return new Hold(limits.openForMillis(), limits.closeForMillis());
    }

    @Override
    public Story tell(Situation situation, AlertSettings settings, Reading reading) {
        PoolStatus status = situation.status();
        int aside = aside(status);
        boolean missed = missed(situation, aside);
        return new Story(
                "percent of the slots",
                Wording.say(
                        "%d of %d slots are set aside%s.",
                        aside,
                        status.slots() - status.retiring().size(),
                        missed ? "; with them the load would meet its target" : ""),
                Optional.empty(),
                "Put back what need not be set aside (drained, blocked somewhere, in conflict), or"
                        + " replace it with other addresses.");
    }

    private static int aside(PoolStatus status) {
        return Math.max(0, status.setAside() - status.retiring().size());
    }

    /** The load is short of slots, and no longer would be with these. */
    private static boolean missed(Situation situation, int aside) {
        int usable = situation.usableSlots();
        return situation
                .load()
                .map(Load::slotsNeeded)
                .filter(needed -> needed > usable && needed <= usable + aside)
                .isPresent();
    }
}
