package io.exitpool.core.alert;

import java.util.Optional;

/**
 * The pool fills and will be full soon. A pool that is full already is EXHAUSTED's affair, and one
 * that stands still just below it NEAR_EXHAUSTION's: this one needs growth beyond the noise, which
 * in a pool of fewer than about twenty places there is no room to see.
 */
final class TimeToFullRule implements AlertRule {
    private static final double MINUTE = 60_000;

    @Override
    public Optional<Reading> read(Situation situation, AlertSettings settings) {
        AlertSettings.TimeToFull full = settings.timeToFull();
        Growth growth = Growth.of(situation, full.minutes());
        if (growth.minutes() < full.leastMinutes()) {
            return Optional.empty();
        }
        double threshold = full.openBelowMillis() / MINUTE;
        if (growth.deviations() < full.deviations() / 2) {
            return Reading.of(full.closeAboveMillis() / MINUTE, threshold, false, true);
        }
        double minutes = growth.minutesToFull();
        boolean grows = growth.deviations() >= full.deviations();
        return Reading.of(
                minutes,
                threshold,
                grows && growth.free() > 0 && minutes < threshold,
                minutes > full.closeAboveMillis() / MINUTE);
    }

    @Override
    public Hold hold(AlertSettings settings) {
        return new Hold(0, settings.timeToFull().closeForMillis());
    }

    @Override
    public Story tell(Situation situation, AlertSettings settings, Reading reading) {
        Growth growth = Growth.of(situation, settings.timeToFull().minutes());
        return new Story(
                "minutes to full",
                Wording.say(
                        "The pool is full in %.0f minutes if it goes on like this: %d places are"
                                + " free and %.1f more are taken each minute.",
                        reading.value(), growth.free(), growth.perMinute()),
                Optional.empty(),
                "See where the sessions come from (a server of the same city that is down, a"
                        + " client that connects again and again), and have slots ready to add.");
    }

    @Override
    public double worse(double one, double other) {
        return Math.min(one, other);
    }

    @Override
    public boolean ofLoad() {
        return true;
    }
}
