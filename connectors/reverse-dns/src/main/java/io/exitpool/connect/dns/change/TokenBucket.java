package io.exitpool.connect.dns.change;

/** So many a second, and no more than one second's worth at once. */
final class TokenBucket {

    private static final double NANOS_PER_SECOND = 1e9;

    private final double perNano;
    private final double most;
    private double tokens;
    private long filledAt;

    TokenBucket(int perSecond, long now) {
        this.perNano = perSecond / NANOS_PER_SECOND;
        this.most = perSecond;
        this.tokens = perSecond;
        this.filledAt = now;
    }

    /** How many may be taken now. */
    int available(long now) {
        tokens = Math.min(most, tokens + (now - filledAt) * perNano);
        filledAt = now;
        return (int) Math.max(0, Math.floor(tokens));
    }

    /** Takes some, even more than there are: the debt is waited for. */
    void take(int count) {
        tokens -= count;
    }

    /** Nanoseconds until there is one. */
    long nanosUntilOne(long now) {
        return available(now) >= 1 ? 0 : (long) Math.ceil((1 - tokens) / perNano);
    }
}
