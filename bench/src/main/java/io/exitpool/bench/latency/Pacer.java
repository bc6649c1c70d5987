package io.exitpool.bench.latency;

import java.util.function.LongConsumer;

/**
 * Sends events when they are due, whatever became of those before: an open loop. When the sender
 * falls behind, what is overdue goes out at once and keeps the time at which it was due, so that a
 * stall counts for every event that it delayed (no coordinated omission).
 */
final class Pacer {

    private final Clock clock;
    private final Arrivals arrivals;
    private final long start;
    private long next;

    /** The first event is due after this moment of the clock. */
    Pacer(Clock clock, Arrivals arrivals, long start) {
        this.clock = clock;
        this.arrivals = arrivals;
        this.start = start;
        this.next = start + arrivals.nextNanos();
    }

    /**
     * Sends all events that are due before this moment, and returns no earlier than then.
     *
     * @param event takes the moment at which the event is due
     */
    void until(long end, LongConsumer event) {
        while (next - end < 0) {
            clock.sleepUntil(next);
            event.accept(next);
            next = start + arrivals.nextNanos();
        }
        clock.sleepUntil(end);
    }
}
