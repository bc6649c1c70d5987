package io.exitpool.core.alert;

import io.exitpool.core.stats.Load;
import io.exitpool.core.stats.MinuteSums;
import java.util.Optional;

/**
 * The sliding hour's load is more than the places carry at the target: by Erlang's B, so that a
 * pool of 8 is near its end at a far lower use than one of 200. Both sides of the comparison move
 * with the pool's size and target; no percentage of it is fixed anywhere. It opens only when the
 * load is more by a margin that chance alone explains in a pool in balance: an hour is short
 * against sessions of an hour, and its mean wanders by itself.
 */
final class NearExhaustionRule implements AlertRule {
    @Override
    public Optional<Reading> read(Situation situation, AlertSettings settings) {
        AlertSettings.NearExhaustion near = settings.nearExhaustion();
        long known = situation.hour().stream().mapToLong(MinuteSums::coveredMillis).sum();
        boolean removed = situation.status().configVersion().isEmpty();
        if (situation.load().isEmpty() || known < near.leastDataMillis() || removed) {
            return Optional.empty();
        }
        Load load = situation.load().get();
        return Reading.of(
                load.erlangs(),
                load.carriedErlangs(),
                load.erlangs() > 0
                        && load.erlangs() - near.deviations() * spread(load, known)
                                >= load.carriedErlangs(),
                load.erlangs() == 0 || load.erlangs() < near.closeShare() * load.carriedErlangs());
    }

    /**
     * Standard deviation of the mean number of places that a load of A erlangs takes over a time T,
     * where each is kept for a time h that is exponential: the number has the covariance A exp(-u /
     * h), so that its mean has the variance A v, v = 2 t - 2 t^2 (1 - exp(-1 / t)), t = h / T
     * (Riordan, Telephone traffic time averages, 1951). Over a time that is long against h it goes
     * to 0, over a short one v goes to 1: a single look at a Poisson number; so, too, where nothing
     * says how long a place is kept. No places carry nothing, of which nothing is chance.
     */
    static double spread(Load load, long coveredMillis) {
        if (load.carriedErlangs() == 0) {
            return 0;
        }
        double kept = load.meanHoldMillis() + load.restMillis();
        if (kept == 0) {
            return Math.sqrt(load.erlangs());
        }
        double t = kept / coveredMillis;
        double v = 2 * t + 2 * t * t * Math.expm1(-1 / t);
        return Math.sqrt(load.erlangs() * Math.min(1, Math.max(0, v)));
    }

    @Override
    public Hold hold(AlertSettings settings) {
        AlertSettings.NearExhaustion near = settings.nearExhaustion();
        return new Hold(near.openForMillis(), near.closeForMillis());
    }

    @Override
    public Story tell(Situation situation, AlertSettings settings, Reading reading) {
        Load load = situation.load().orElseThrow();
        return new Story(
                "erlangs",
                Wording.say(
                        "The load of %.1f erlangs is more than the %d places carry: %s of the"
                                + " starts would be rejected, the target is %s.",
                        load.erlangs(),
                        load.places(),
                        Wording.percent(load.blocking()),
                        Wording.percent(load.target())),
                Optional.empty(),
                Wording.say(
                        "Give the pool %d slots beside those set aside (it has %d), or shorten its"
                                + " rest.",
                        load.slotsNeeded(), situation.usableSlots()));
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
