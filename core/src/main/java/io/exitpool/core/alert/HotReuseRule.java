package io.exitpool.core.alert;

import io.exitpool.core.stats.MinuteSums;
import java.util.Optional;

/**
 * Addresses are granted again before their promised rest is over, because the ladder or the cap on
 * resting slots says so: the pool is short of slots for its rest. A few such grants open nothing.
 */
final class HotReuseRule implements AlertRule {
    @Override
    public Optional<Reading> read(Situation situation, AlertSettings settings) {
        AlertSettings.HotReuse hot = settings.hotReuse();
        long grants = situation.open().grants();
        long bent = situation.open().bent();
        for (MinuteSums minute : situation.hour()) {
            grants += minute.grants();
            bent += minute.bent();
        }
        if (grants == 0) {
            return Optional.empty();
        }
        double share = (double) bent / grants;
        return Reading.of(
                100 * share,
                100 * hot.openShare(),
                bent >= hot.leastBent() && share >= hot.openShare(),
                share < hot.closeShare());
    }

    @Override
    public Hold hold(AlertSettings settings) {
        return new Hold(0, settings.hotReuse().closeForMillis());
    }

    @Override
    public Story tell(Situation situation, AlertSettings settings, Reading reading) {
        return new Story(
                "percent of the hour's new grants",
                Wording.say(
                        "%s of the hour's new grants got an address before its rest of %.0f minutes"
                                + " was over.",
                        Wording.percent(reading.value() / 100),
                        situation.status().minRestMillis() / 60_000.0),
                Optional.of("The pool has too few slots for its load and its rest."),
                situation
                        .load()
                        .filter(load -> load.slotsNeeded() > situation.usableSlots())
                        .map(
                                load ->
                                        Wording.say(
                                                "Give the pool %d slots beside those set aside (it"
                                                        + " has %d), or promise a shorter rest.",
                                                load.slotsNeeded(), situation.usableSlots()))
                        .orElse(
                                "Add slots, promise a shorter rest, or let a larger share of the"
                                        + " pool rest (max-resting-share)."));
    }
}
