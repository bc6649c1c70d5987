package io.exitpool.core.alert;

import io.exitpool.core.stats.ErlangB;
import io.exitpool.core.stats.Load;
import io.exitpool.core.stats.MinuteSums;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * A pool under Poisson arrivals and log-normal sessions, minute by minute, with the load that an
 * hour of it shows. Sessions may leak: then they never end.
 */
final class BalancedPool {
    private static final double SIGMA = 1.5;
    private static final double NORMAL_99 = 2.576;

    private final SplittableRandom random;
    private final int slots;
    private final double holdMinutes;
    private final PriorityQueue<Double> ends = new PriorityQueue<>();
    private final Draft draft = new Draft();
    private final double carried;
    private double arrivalsAMinute;
    private double now;
    private double nextArrival;
    private int leaked;

    BalancedPool(SplittableRandom random, int slots, double erlangs, double holdMinutes) {
        this.random = random;
        this.slots = slots;
        this.holdMinutes = holdMinutes;
        arrivalsAMinute = erlangs / holdMinutes;
        nextArrival = exponential();
        draft.slots = slots;
        carried = ErlangB.load(slots, draft.target);
        for (int i = 0; i < 60 + 4 * holdMinutes; i++) {
            minute();
        }
    }

    void arrivals(double aMinute) {
        arrivalsAMinute = aMinute;
    }

    /** So many slots are never free again. */
    void leak(int count) {
        leaked += count;
    }

    boolean full() {
        return ends.size() + leaked >= slots;
    }

    /** The situation after one more minute. */
    Situation minute() {
        double start = now;
        long starts = 0;
        long rejected = 0;
        long released = 0;
        double sessionMinutes = 0;
        while (now < start + 1) {
            double until = Math.min(nextArrival, start + 1);
            double end = ends.isEmpty() ? Double.MAX_VALUE : ends.peek();
            double next = Math.min(until, end);
            sessionMinutes += ends.size() * (next - now);
            now = next;
            if (end <= until) {
                ends.remove();
                released++;
            } else if (nextArrival <= start + 1) {
                starts++;
                if (full()) {
                    rejected++;
                } else {
                    ends.add(now + hold());
                }
                nextArrival = now + exponential();
            } else {
                now = start + 1;
            }
        }
        draft.at += 60_000;
        draft.passed = 60_000;
        draft.exhausted = rejected;
        draft.hour.add(
                new MinuteSums(
                        draft.at - 60_000,
                        60_000,
                        starts,
                        rejected,
                        rejected,
                        starts - rejected,
                        0,
                        released,
                        released,
                        Math.round(sessionMinutes * 60_000),
                        ends.size() + leaked,
                        slots));
        if (draft.hour.size() > 60) {
            draft.hour.remove(0);
        }
        draft.open = Draft.minute(draft.at, 0, 0, 0, 0);
        draft.load = Optional.of(load());
        return draft.situation();
    }

    private Load load() {
        double starts = 0;
        double rejected = 0;
        double grants = 0;
        double sessionMinutes = 0;
        for (MinuteSums minute : draft.hour) {
            starts += minute.starts();
            rejected += minute.exhaustedFirst();
            grants += minute.grants();
            sessionMinutes += minute.sessionMillis() / 60_000.0;
        }
        double hold = grants == 0 ? 0 : sessionMinutes / grants;
        double erlangs = starts / draft.hour.size() * hold;
        double blocking = ErlangB.blocking(erlangs, slots);
        double observed = starts == 0 ? 0 : rejected / starts;
        return new Load(
                draft.hour.size(),
                starts / draft.hour.size(),
                hold * 60_000,
                0,
                erlangs,
                slots,
                blocking,
                observed,
                observed - blocking,
                wilsonLow(observed, starts) - blocking,
                1,
                draft.target,
                1,
                carried);
    }

    private static double wilsonLow(double share, double trials) {
        if (trials == 0) {
            return 0;
        }
        double z2 = NORMAL_99 * NORMAL_99 / trials;
        double half = NORMAL_99 * Math.sqrt(share * (1 - share) / trials + z2 / 4 / trials);
        return (share + z2 / 2 - half) / (1 + z2);
    }

    private double hold() {
        return holdMinutes * Math.exp(SIGMA * random.nextGaussian() - SIGMA * SIGMA / 2);
    }

    private double exponential() {
        return -Math.log(1 - random.nextDouble()) / arrivalsAMinute;
    }
}
