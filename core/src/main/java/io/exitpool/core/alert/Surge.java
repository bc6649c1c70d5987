package io.exitpool.core.alert;

import io.exitpool.core.stats.MinuteSums;
import java.util.List;

/**
 * Whether arrivals have jumped: the first attempts of the open and the last closed minute are more
 * than a Poisson variable at the rate of the hour before them can explain. The rate is never taken
 * to be lower than one attempt in the time that is known.
 */
final class Surge {
    private Surge() {}

    static boolean in(Situation situation, AlertSettings.Surge settings) {
        List<MinuteSums> hour = situation.hour();
        if (hour.isEmpty()) {
            return false;
        }
        MinuteSums last = hour.get(hour.size() - 1);
        long usualStarts = 0;
        long usualMillis = 0;
        for (MinuteSums minute : hour.subList(0, hour.size() - 1)) {
            usualStarts += minute.starts();
            usualMillis += minute.coveredMillis();
        }
        if (usualMillis < settings.leastDataMillis()) {
            return false;
        }
        long starts = last.starts() + situation.open().starts();
        double millis = (double) last.coveredMillis() + situation.open().coveredMillis();
        double usual = Math.max(1, usualStarts) * millis / usualMillis;
        return PoissonTail.atLeast(starts, usual) < settings.probability();
    }
}
