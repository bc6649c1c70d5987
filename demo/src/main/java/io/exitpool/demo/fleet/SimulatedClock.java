package io.exitpool.demo.fleet;

/**
 * The run's time in simulated minutes, which pass faster than the wall clock's by the run's speed.
 * Only durations are simulated: every timestamp in an event is the wall clock's.
 */
final class SimulatedClock {

    private static final double NANOS_A_MINUTE = 60e9;

    private final double speed;
    private final long startNanos;

    SimulatedClock(double speed, long startNanos) {
        this.speed = speed;
        this.startNanos = startNanos;
    }

    double minute(long nanos) {
        return (nanos - startNanos) * speed / NANOS_A_MINUTE;
    }

    /** How many real milliseconds pass until a minute of the run. */
    double millisUntil(double minute, long nanos) {
        return (minute - minute(nanos)) * 60_000 / speed;
    }

    /** So many real seconds in simulated minutes. */
    double minutes(double realSeconds) {
        return realSeconds * speed / 60;
    }
}
