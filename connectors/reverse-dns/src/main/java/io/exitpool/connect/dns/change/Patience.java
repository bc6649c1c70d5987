package io.exitpool.connect.dns.change;

import java.time.Duration;

/**
 * How long to leave a failing name server alone: a pause that doubles from failure to failure up to
 * a longest one, and an end to it.
 */
public final class Patience {

    private final long firstNanos;
    private final long longestNanos;
    private final long giveUpNanos;
    private long pause;
    private long failingSince;
    private long nextTry;

    /**
     * Full patience.
     *
     * @param giveUp after failing for this long it is exhausted; zero: never
     */
    public Patience(Duration first, Duration longest, Duration giveUp) {
        this.firstNanos = first.toNanos();
        this.longestNanos = longest.toNanos();
        this.giveUpNanos = giveUp.toNanos();
    }

    /** Notes a failure. */
    void failed(long now) {
        if (pause == 0) {
            failingSince = now;
            pause = firstNanos;
        } else {
            pause = Math.min(pause * 2, longestNanos);
        }
        nextTry = now + pause;
    }

    /** Notes a success. */
    void succeeded() {
        pause = 0;
    }

    /** Nanoseconds until the next try; 0 when it may be made. */
    long nanosUntilTry(long now) {
        return pause == 0 ? 0 : Math.max(0, nextTry - now);
    }

    /** Whether it has failed for so long that somebody has to look. */
    boolean exhausted(long now) {
        return giveUpNanos > 0 && pause > 0 && now - failingSince >= giveUpNanos;
    }

    /** For how long it has been failing. */
    Duration failingFor(long now) {
        return pause == 0 ? Duration.ZERO : Duration.ofNanos(now - failingSince);
    }
}
