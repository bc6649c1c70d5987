package io.exitpool.core.alert;

import io.exitpool.core.stats.Load;
import io.exitpool.core.stats.MinuteSums;
import java.util.Optional;

/**
 * More starts are rejected than the load explains: slots that leak, arrivals in bursts, or a size
 * that is not what the configuration says. It opens on the lower end of the excess' interval, and
 * only beyond the spread of what a full pool rejects: that comes in clusters, for which an interval
 * of independent trials is too narrow by far. Too few starts open nothing, but resolve what is open
 * once nothing is in excess.
 */
final class ExcessBlockingRule implements AlertRule {
    @Override
    public Optional<Reading> read(Situation situation, AlertSettings settings) {
        AlertSettings.ExcessBlocking limits = settings.excessBlocking();
        long starts = situation.hour().stream().mapToLong(MinuteSums::starts).sum();
        long rejected = situation.hour().stream().mapToLong(MinuteSums::exhaustedFirst).sum();
        if (situation.load().isEmpty() || starts == 0) {
            return Optional.empty();
        }
        Load load = situation.load().get();
        boolean opening =
                starts >= limits.leastStarts()
                        && rejected >= limits.leastRejected()
                        && load.excessLow() > 0
                        && load.excess() > limits.deviations() * spread(load, starts);
        return Reading.of(
                100 * load.observed(), 100 * load.blocking(), opening, load.excess() <= 0);
    }

    /**
     * Standard deviation of the share that a load in balance has rejected. What overflows from m
     * places has the peakedness z = 1 - o + A / (m + 1 + o - A), with o = A B erlangs (Riordan, in
     * Wilkinson 1956); counts of it over a time that is long against a session have the dispersion
     * 2 z - 1.
     */
    private static double spread(Load load, long starts) {
        double overflow = load.erlangs() * load.blocking();
        double peakedness =
                1 - overflow + load.erlangs() / (load.places() + 1 + overflow - load.erlangs());
        double variance = load.blocking() * (1 - load.blocking()) / starts;
        return Math.sqrt(Math.max(1, 2 * peakedness - 1) * variance);
    }

    @Override
    public Hold hold(AlertSettings settings) {
        AlertSettings.ExcessBlocking excess = settings.excessBlocking();
        return new Hold(excess.openForMillis(), excess.closeForMillis());
    }

    @Override
    public Story tell(Situation situation, AlertSettings settings, Reading reading) {
        Load load = situation.load().orElseThrow();
        return new Story(
                "percent of the hour's first attempts",
                Wording.say(
                        "%s of the hour's first attempts were rejected; a load of %.1f erlangs on"
                                + " %d places explains %s.",
                        Wording.percent(load.observed()),
                        load.erlangs(),
                        load.places(),
                        Wording.percent(load.blocking())),
                Optional.of("Slots leak, or arrivals come in bursts."),
                "Compare the pool's sessions with those of the exit server: sessions that never end"
                        + " are a leak; else look for bursts in the starts of each minute.");
    }

    @Override
    public boolean ofLoad() {
        return true;
    }

    @Override
    public boolean lags() {
        return true;
    }
}
