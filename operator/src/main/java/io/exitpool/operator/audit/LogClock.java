package io.exitpool.operator.audit;

import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The time of one partition as its events tell it: append times that never go back, the same less
 * the gaps that do not count towards lease-ttl, and the time covered by Ticks, in which the
 * allocation was certainly running.
 */
final class LogClock {
    private final long countedGap;
    private final TreeMap<Long, Long> skipped = new TreeMap<>();
    private OptionalLong from = OptionalLong.empty();
    private OptionalLong lastTick = OptionalLong.empty();
    private long now;
    private long totalSkipped;
    private long ticked;

    LogClock(long countedGap) {
        this.countedGap = countedGap;
    }

    /** A record was appended. */
    void pass(long appendTime) {
        if (from.isEmpty()) {
            from = OptionalLong.of(appendTime);
            now = appendTime;
        } else if (appendTime > now) {
            long gap = appendTime - now;
            now = appendTime;
            if (gap > countedGap) {
                totalSkipped += gap;
                skipped.put(now, totalSkipped);
            }
        }
    }

    /** The record just passed is a Tick. */
    void tick() {
        if (lastTick.isPresent()) {
            long gap = now - lastTick.getAsLong();
            ticked += gap <= countedGap ? gap : 0;
        }
        lastTick = OptionalLong.of(now);
    }

    /** Append time of the first event; none before it. */
    OptionalLong from() {
        return from;
    }

    /** Append time of the last event. */
    long now() {
        return now;
    }

    boolean started() {
        return from.isPresent();
    }

    /** Milliseconds covered by Ticks so far. */
    long ticked() {
        return ticked;
    }

    /** Milliseconds that count towards lease-ttl between two times. */
    long counted(long since, long until) {
        return until - since - (skippedUntil(until) - skippedUntil(since));
    }

    private long skippedUntil(long time) {
        Map.Entry<Long, Long> last = skipped.floorEntry(time);
        return last == null ? 0 : last.getValue();
    }
}
