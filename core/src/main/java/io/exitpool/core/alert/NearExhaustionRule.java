package io.exitpool.core.alert;

import io.exitpool.core.stats.Load;
import io.exitpool.core.stats.MinuteSums;
import java.util.Optional;

/**
 * The sliding hour's load is more than the places carry at the target: by Erlang's B, so that a
 * pool of 8 is near its end at a far lower use than one of 200. Both sides of the comparison move
 * with the pool's size and target; no percentage of it is fixed anywhere.
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
                load.erlangs() > 0 && load.erlangs() >= load.carriedErlangs(),
                load.erlangs() == 0 || load.erlangs() < near.closeShare() * load.carriedErlangs());
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
}
