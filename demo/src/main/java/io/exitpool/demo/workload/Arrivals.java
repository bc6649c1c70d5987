package io.exitpool.demo.workload;

import java.util.random.RandomGenerator;

/**
 * When clients arrive at one server: a Poisson process whose rate follows the hour of the clients'
 * local day (most at 21 h, least at 9 h) and the weekend, by thinning a process of the highest
 * rate.
 */
final class Arrivals {

    private static final double SWING = 0.55;
    private static final double BUSIEST_HOUR = 21;
    private static final double WEEKEND = 1.1;
    private static final double HIGHEST = (1 + SWING) * WEEKEND;

    /** A run begins on a Tuesday at noon, UTC: evening in Sydney, night in Los Angeles. */
    private static final double START_HOUR = 24 + 12;

    private static final int HOURS_A_WEEK = 7 * 24;
    private static final int SATURDAY = 5 * 24;

    private final double meanPerMinute;
    private final double utcOffsetHours;
    private final RandomGenerator random;

    Arrivals(double meanPerMinute, double utcOffsetHours, RandomGenerator random) {
        this.meanPerMinute = meanPerMinute;
        this.utcOffsetHours = utcOffsetHours;
        this.random = random;
    }

    /** The first arrival after a minute of the run. */
    double next(double minute) {
        double candidate = minute;
        do {
            candidate += -Math.log(1 - random.nextDouble()) / (meanPerMinute * HIGHEST);
        } while (random.nextDouble() * HIGHEST >= factor(candidate, utcOffsetHours));
        return candidate;
    }

    /** The rate at a minute of the run as a multiple of the mean. */
    static double factor(double minute, double utcOffsetHours) {
        double hourOfWeek = (START_HOUR + utcOffsetHours + minute / 60) % HOURS_A_WEEK;
        double daily = 1 + SWING * Math.cos(2 * Math.PI * (hourOfWeek - BUSIEST_HOUR) / 24);
        return hourOfWeek >= SATURDAY ? daily * WEEKEND : daily;
    }
}
