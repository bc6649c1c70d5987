package io.exitpool.core.alert;

import io.exitpool.core.pool.PoolStatus;
import io.exitpool.core.stats.Load;
import io.exitpool.core.stats.MinuteSums;
import java.util.List;
import java.util.Optional;

/**
 * Starts are rejected because nothing is eligible. Any attempt counts, retries too; what is told is
 * the share of first attempts, which does not depend on how often clients come back. A pool that is
 * failed or not in sync rejects for other reasons: then nothing is known.
 */
final class ExhaustedRule implements AlertRule {
    private static final int MINUTES = 5;

    @Override
    public Optional<Reading> read(Situation situation, AlertSettings settings) {
        PoolStatus status = situation.status();
        boolean found = situation.exhausted() > 0;
        if (!found && (!status.synced() || status.failed().isPresent())) {
            return Optional.empty();
        }
        return Reading.of(100 * rejectedShare(situation), 0, found, !found);
    }

    @Override
    public Hold hold(AlertSettings settings) {
        return new Hold(0, settings.exhausted().closeForMillis());
    }

    @Override
    public Story tell(Situation situation, AlertSettings settings, Reading reading) {
        return new Story(
                "percent of the first attempts of the last 5 minutes",
                summary(situation, reading.value() / 100),
                Optional.empty(),
                advice(situation));
    }

    @Override
    public boolean ofLoad() {
        return true;
    }

    private static String summary(Situation situation, double share) {
        String target = Wording.percent(situation.status().targets().blocking());
        return share == 0
                ? "A start that was rejected before found no address again; the target is "
                        + target
                        + " of first attempts."
                : Wording.say(
                        "Starts are rejected: %s of the first attempts of the last %d minutes found"
                                + " no address; the target is %s.",
                        Wording.percent(share), MINUTES, target);
    }

    private static double rejectedShare(Situation situation) {
        List<MinuteSums> hour = situation.hour();
        long starts = situation.open().starts();
        long rejected = situation.open().exhaustedFirst();
        for (MinuteSums minute : hour.subList(Math.max(0, hour.size() - MINUTES), hour.size())) {
            starts += minute.starts();
            rejected += minute.exhaustedFirst();
        }
        return starts == 0 ? 0 : (double) rejected / starts;
    }

    private static String advice(Situation situation) {
        int usable = situation.usableSlots();
        Optional<Load> load = situation.load().filter(known -> known.slotsNeeded() > usable);
        if (load.isPresent()) {
            return Wording.say(
                    "Give the pool %d slots beside those set aside (it has %d), or shorten its"
                            + " rest.",
                    load.get().slotsNeeded(), usable);
        }
        return Wording.say(
                "The hour's load does not explain it: see what jumped in the last minutes, and"
                        + " whether sessions end; %d of %d slots are set aside, %d rest.",
                situation.status().setAside(),
                situation.status().slots(),
                situation.status().resting());
    }
}
