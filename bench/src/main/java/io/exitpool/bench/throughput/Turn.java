package io.exitpool.bench.throughput;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What one variant did in one round.
 *
 * @param events how many of them were measured
 * @param seconds how long that took
 * @param decisionBytesPerEvent on disk, of the measured time
 * @param changelogBytesPerEvent on disk, of the measured time
 * @param decisions how many were checked and found right; null of floors, which decide nothing
 * @param insightPerSecond decisions that the insight read in the measured time; null without it
 * @param insightBehind decisions that it had not read at the end of it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Turn(
        int round,
        String variant,
        double eventsPerSecond,
        long events,
        double seconds,
        double decisionBytesPerEvent,
        double changelogBytesPerEvent,
        Long decisions,
        Double insightPerSecond,
        Long insightBehind) {}
