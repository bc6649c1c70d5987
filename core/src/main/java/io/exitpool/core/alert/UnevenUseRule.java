package io.exitpool.core.alert;

import io.exitpool.core.stats.MinuteSums;
import io.exitpool.core.stats.WindowStats;
import java.util.Optional;

/**
 * One slot was granted more often in an hour than chance explains. Under a fair choice among E free
 * slots each grant falls on a free slot with probability 1/E, so that a slot's grants are at most
 * Poisson with mean sum(1/E); a slot that was in use for a while got fewer. Therefore only the
 * largest count is judged, for all slots at once (Bonferroni), and never a small one.
 *
 * <p>Grants on a slot that the exit server asked for are uneven by design: all of them are taken
 * off the largest count. What cannot be told: a choice that prefers some slots, but only as often
 * as their sessions end; and a bias in how a slot that already carries sessions is shared.
 */
final class UnevenUseRule implements AlertRule {
    @Override
    public Optional<Reading> read(Situation situation, AlertSettings settings) {
        AlertSettings.UnevenUse uneven = settings.unevenUse();
        Optional<WindowStats> closed = situation.closedHour().filter(hour -> !hour.incomplete());
        if (closed.isEmpty() || closed.get().slotUse().grants() == 0) {
            return Optional.empty();
        }
        WindowStats hour = closed.get();
        double slots = Math.max(1, hour.occupancy().slots());
        double mean = mostExpected(situation, hour);
        long most = Math.max(0, hour.slotUse().most() - hour.traffic().wanted());
        double probability = slots * PoissonTail.atLeast(most, mean);
        return Reading.of(
                most,
                PoissonTail.rarerThan(uneven.openProbability() / slots, mean),
                probability < uneven.openProbability(),
                probability > uneven.closeProbability());
    }

    @Override
    public Hold hold(AlertSettings settings) {
        return new Hold(0, 0);
    }

    @Override
    public Story tell(Situation situation, AlertSettings settings, Reading reading) {
        WindowStats hour = situation.closedHour().orElseThrow();
        return new Story(
                "grants of the most used slot in the hour",
                Wording.say(
                        "One slot was granted %.0f times in the hour, of %d grants on %d slots;"
                                + " chance gives fewer than %.0f.",
                        reading.value(),
                        hour.slotUse().grants(),
                        hour.occupancy().slots(),
                        reading.threshold()),
                Optional.of("The choice of slots is not fair, or its randomness is broken."),
                "Compare the pool's placement with what you meant; with uniform-random keep the"
                        + " hour's statistics and report it as a defect.");
    }

    /**
     * The largest number of grants that a slot which was always free expects. Minute by minute,
     * because a pool that was nearly full for a part of the hour has granted its few free slots
     * often, by right; and no less than with the hour's mean.
     */
    private static double mostExpected(Situation situation, WindowStats hour) {
        long cap = Math.max(1, situation.status().cap());
        double meanFree = hour.occupancy().free().meanThousandths() / 1000.0;
        double sum = 0;
        long counted = 0;
        long before = Long.MAX_VALUE;
        for (MinuteSums minute : situation.hour()) {
            long free = Math.max(0, minute.places() - minute.taken()) / cap;
            if (minute.start() >= hour.window().start() && minute.start() < hour.window().end()) {
                sum += minute.grants() / (double) Math.max(1, Math.min(free, before));
                counted += minute.grants();
            }
            before = free;
        }
        long grants = hour.slotUse().grants();
        double rest = Math.max(0, grants - counted) / Math.max(1, meanFree);
        return Math.max(sum + rest, grants / Math.max(1, meanFree));
    }
}
