package io.exitpool.core.alert;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * An exclusive pool under Poisson arrivals, for whole hours: how often each slot is granted when
 * the choice is fair, and when the slot that was used last is taken.
 */
final class ChoiceOfSlots {
    private record End(double at, int slot) {}

    private final SplittableRandom random;
    private final boolean fair;
    private final double arrivalsAMinute;
    private final double holdMinutes;
    private final List<Integer> free = new ArrayList<>();
    private final PriorityQueue<End> ends =
            new PriorityQueue<>((one, other) -> Double.compare(one.at(), other.at()));
    private final int slots;
    private double now;

    ChoiceOfSlots(SplittableRandom random, boolean fair, int slots, double erlangs, double hold) {
        this.random = random;
        this.fair = fair;
        this.slots = slots;
        arrivalsAMinute = erlangs / hold;
        holdMinutes = hold;
        for (int slot = 0; slot < slots; slot++) {
            free.add(slot);
        }
    }

    /** The situation at the end of the next hour. */
    Situation hour() {
        Draft draft = new Draft();
        draft.slots = slots;
        long[] granted = new long[slots];
        long grants = 0;
        double freeMinutes = 0;
        double start = now;
        for (int minute = 0; minute < 60; minute++) {
            long before = grants;
            double end = start + minute + 1;
            while (true) {
                double next = now + exponential(1 / arrivalsAMinute);
                double until = Math.min(next, end);
                freeMinutes += releaseUntil(until);
                if (next > end) {
                    break;
                }
                if (!free.isEmpty()) {
                    int which = fair ? random.nextInt(free.size()) : free.size() - 1;
                    int slot = free.remove(which);
                    granted[slot]++;
                    grants++;
                    ends.add(new End(now + logNormal(holdMinutes), slot));
                }
            }
            long at = Draft.START - (60 - minute) * Draft.MINUTE;
            long starts = grants - before;
            draft.hour.add(Draft.minute(at, 60_000, starts, 0, 60 - free.size()));
        }
        long most = 0;
        for (long one : granted) {
            most = Math.max(most, one);
        }
        return draft.closedHour(grants, most, 0, freeMinutes / 60).situation();
    }

    private double releaseUntil(double until) {
        double freeMinutes = 0;
        while (!ends.isEmpty() && ends.peek().at() <= until) {
            End end = ends.remove();
            freeMinutes += free.size() * (end.at() - now);
            now = end.at();
            free.add(end.slot());
        }
        freeMinutes += free.size() * (until - now);
        now = until;
        return freeMinutes;
    }

    private double exponential(double mean) {
        return -mean * Math.log(1 - random.nextDouble());
    }

    private double logNormal(double mean) {
        double sigma = 1.5;
        return mean * Math.exp(sigma * random.nextGaussian() - sigma * sigma / 2);
    }
}
