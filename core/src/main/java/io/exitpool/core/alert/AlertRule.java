package io.exitpool.core.alert;

import java.util.Optional;

/**
 * When an alert of one kind opens and resolves, and what it says. A rule remembers nothing: {@link
 * AlertMachine} does, alike for all.
 */
interface AlertRule {
    /** How the situation stands; none while nothing is known, which opens and resolves nothing. */
    Optional<Reading> read(Situation situation, AlertSettings settings);

    Hold hold(AlertSettings settings);

    /** Asked for only when the alert opens. */
    Story tell(Situation situation, AlertSettings settings, Reading reading);

    /** The worse of two values. */
    default double worse(double one, double other) {
        return Math.max(one, other);
    }

    /** A neighbour's crash can explain it. */
    default boolean ofLoad() {
        return false;
    }

    /**
     * It looks at the sliding hour, so that the minutes of a crash keep it open long after; asked
     * only of what is of load.
     */
    default boolean lags() {
        return false;
    }

    /** What a reading says of the thresholds. */
    enum Standing {
        /** Beyond the threshold that opens. */
        OPENING,
        /** Neither opens what is closed nor closes what is open. */
        BETWEEN,
        /** Back behind the threshold that closes. */
        CLOSING
    }

    /**
     * How a situation stands.
     *
     * @param value in the story's unit
     * @param threshold what it is held against, in the same unit
     */
    record Reading(double value, double threshold, Standing standing) {
        static Optional<Reading> of(
                double value, double threshold, boolean opening, boolean closing) {
            Standing standing =
                    opening ? Standing.OPENING : closing ? Standing.CLOSING : Standing.BETWEEN;
            return Optional.of(new Reading(value, threshold, standing));
        }
    }

    /**
     * How long a condition must hold before it counts; 0: at once.
     *
     * @param openForMillis counted time
     * @param closeForMillis counted time
     */
    record Hold(long openForMillis, long closeForMillis) {}

    /** What an operator reads: sentences without an address and without a session. */
    record Story(String unit, String summary, Optional<String> cause, String advice) {}
}
