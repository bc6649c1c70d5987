package io.exitpool.core.alert;

/**
 * How alerts are grouped into storms. All in milliseconds.
 *
 * @param quietExplainsForMillis so long after it became quiet a server that was heard again
 *     explains its neighbours' alerts
 * @param silenceExplainsForMillis so long one that is still quiet does; what comes later is not its
 *     crash
 * @param causeWithinMillis so long after a surge its cause is looked for
 * @param incidentMillis so long alerts go untold because another leads them
 * @param lagsForMillis so long after it joined an alert that looks at the hour is taken for the
 *     storm's echo: the hour in which its minutes count, and half as much for them to come and for
 *     the alert to resolve
 * @param keepResolvedMillis so long a resolved alert stays in the topic
 */
public record DeskSettings(
        long quietExplainsForMillis,
        long silenceExplainsForMillis,
        long causeWithinMillis,
        long incidentMillis,
        long lagsForMillis,
        long keepResolvedMillis) {
    /** Least that a time shrinks to: quiet is noticed with a status. */
    private static final long SHORTEST_MILLIS = 5_000;

    public static final DeskSettings DEFAULT =
            new DeskSettings(600_000, 3_600_000, 120_000, 3_600_000, 5_400_000, 30L * 86_400_000);

    /** The same for a fleet whose every duration is divided; resolved alerts stay as long. */
    public DeskSettings dividedBy(double speed) {
        if (!(speed > 0)) {
            throw new IllegalArgumentException("speed is not above 0");
        }
        return new DeskSettings(
                divided(quietExplainsForMillis, speed),
                divided(silenceExplainsForMillis, speed),
                divided(causeWithinMillis, speed),
                divided(incidentMillis, speed),
                divided(lagsForMillis, speed),
                keepResolvedMillis);
    }

    private static long divided(long millis, double speed) {
        return Math.max(Math.min(millis, SHORTEST_MILLIS), Math.round(millis / speed));
    }
}
