package io.exitpool.core.alert;

import io.exitpool.core.stats.MinuteSums;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How fast a pool fills: the least-squares slope of its taken places over the latest closed
 * minutes. A pool in balance is a random walk whose n grants and ends have a standard deviation of
 * sqrt(n); growth is told in such deviations, so that a large pool's restlessness is no growth.
 *
 * @param minutes that it was measured over; 0 or 1: nothing is known
 * @param free places at the last of them
 * @param perMinute places
 * @param deviations the growth over the whole span, in standard deviations of its noise
 */
record Growth(int minutes, long free, double perMinute, double deviations) {
    private static final long MINUTE = 60_000;
    private static final Growth UNKNOWN = new Growth(0, 0, 0, 0);

    /** Of at most so many of the latest minutes, unless they are old or not alike. */
    static Growth of(Situation situation, int most) {
        List<MinuteSums> minutes = latest(situation, most);
        if (minutes.size() < 2) {
            return UNKNOWN;
        }
        MinuteSums first = minutes.get(0);
        MinuteSums last = minutes.get(minutes.size() - 1);
        double meanAt = 0;
        double meanTaken = 0;
        for (MinuteSums minute : minutes) {
            meanAt += minutesBetween(first, minute) / minutes.size();
            meanTaken += (double) minute.taken() / minutes.size();
        }
        double product = 0;
        double square = 0;
        long moves = 0;
        for (MinuteSums minute : minutes) {
            double at = minutesBetween(first, minute) - meanAt;
            product += at * (minute.taken() - meanTaken);
            square += at * at;
            moves += minute == first ? 0 : minute.grants() + minute.ends();
        }
        double perMinute = product / square;
        double growth = perMinute * minutesBetween(first, last);
        return new Growth(
                minutes.size(),
                last.places() - last.taken(),
                perMinute,
                growth / Math.sqrt(Math.max(1, moves)));
    }

    /** Minutes until nothing is free, if it goes on like that; only with growth. */
    double minutesToFull() {
        return Math.max(0, free) / perMinute;
    }

    /**
     * The minutes at the end of the hour that tell of the same pool: none from before it changed
     * its size, and none from before sessions were adopted, which is no growth.
     */
    private static List<MinuteSums> latest(Situation situation, int most) {
        List<MinuteSums> hour = situation.hour();
        List<MinuteSums> minutes = new ArrayList<>();
        long oldest = situation.open().start() - (most + 1) * length(situation);
        for (int i = hour.size() - 1; i >= 0 && minutes.size() < most; i--) {
            MinuteSums minute = hour.get(i);
            if (minute.coveredMillis() == 0) {
                continue;
            }
            if (minute.start() < oldest) {
                break;
            }
            if (!minutes.isEmpty()
                    && !follows(minute, minutes.get(minutes.size() - 1), situation)) {
                break;
            }
            minutes.add(minute);
        }
        Collections.reverse(minutes);
        return minutes;
    }

    /** How long a minute is: shorter in a fleet that lives faster. */
    private static long length(Situation situation) {
        long length = MINUTE;
        long next = situation.open().start();
        for (int i = situation.hour().size() - 1; i >= 0; i--) {
            long start = situation.hour().get(i).start();
            length = Math.min(length, next - start);
            next = start;
        }
        return length;
    }

    /**
     * What a slot takes beside its sessions is its rest: of all its places. Taken places are those
     * of the minute's last status, so that grants after it show in the next minute.
     */
    private static boolean follows(MinuteSums one, MinuteSums next, Situation situation) {
        long rests = (long) (situation.status().cap() - 1) * (one.emptied() + next.emptied());
        long explained = one.grants() + next.grants() + rests;
        return one.places() == next.places() && next.taken() - one.taken() <= explained;
    }

    private static double minutesBetween(MinuteSums first, MinuteSums other) {
        return (double) (other.start() - first.start()) / MINUTE;
    }
}
