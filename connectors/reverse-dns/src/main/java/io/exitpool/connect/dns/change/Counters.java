package io.exitpool.connect.dns.change;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What a task has done since it started. Written by the task's thread, read by any. At any moment
 * wanted = unchanged + coalesced + sent + reported + waiting, but for what a rebalance took away.
 */
public final class Counters {

    private final AtomicLong decisions = new AtomicLong();
    private final AtomicLong wanted = new AtomicLong();
    private final AtomicLong unchanged = new AtomicLong();
    private final AtomicLong coalesced = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong reported = new AtomicLong();
    private final AtomicLong messages = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final AtomicLong unknownSlots = new AtomicLong();
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicLong oldestTimestamp = new AtomicLong();

    /** A decision was read. */
    public void decision() {
        decisions.incrementAndGet();
    }

    /** An address was granted or fell idle, and its name follows. */
    public void wanted() {
        wanted.incrementAndGet();
    }

    /** The name was there, or on its way, already. */
    public void unchanged(long changes) {
        unchanged.addAndGet(changes);
    }

    /** So many changes need not be sent, since a later one of their address came in time. */
    public void coalesced(long changes) {
        coalesced.addAndGet(changes);
    }

    /** The name server confirmed so many changes. */
    public void sent(long changes) {
        sent.addAndGet(changes);
    }

    /** A record's change cannot be made; it was reported. */
    public void reported() {
        reported.incrementAndGet();
    }

    /** An update message was sent. */
    public void message() {
        messages.incrementAndGet();
    }

    /** A message, or a query for a zone, was not answered with success. */
    public void failure() {
        failures.incrementAndGet();
    }

    /** A slot emptied whose address nobody knew. */
    public void unknownSlot() {
        unknownSlots.incrementAndGet();
    }

    void waiting(long addresses, long timestampOfOldest) {
        waiting.set(addresses);
        oldestTimestamp.set(timestampOfOldest);
    }

    /** Decisions read. */
    public long decisionsRead() {
        return decisions.get();
    }

    /** Changes of names that decisions asked for. */
    public long changesWanted() {
        return wanted.get();
    }

    /** Of these: asked for what stood already. */
    public long changesUnchanged() {
        return unchanged.get();
    }

    /** Of these: made needless by a later one within the linger time. */
    public long changesCoalesced() {
        return coalesced.get();
    }

    /** Of these: made by the name server. */
    public long changesSent() {
        return sent.get();
    }

    /** Records reported to the dead-letter queue. */
    public long recordsReported() {
        return reported.get();
    }

    /** Update messages sent, confirmed or not. */
    public long messagesSent() {
        return messages.get();
    }

    /** Exchanges with the name server that failed. */
    public long exchangesFailed() {
        return failures.get();
    }

    /** Slots that emptied with an address that nobody knew. */
    public long slotsUnknown() {
        return unknownSlots.get();
    }

    /** Addresses whose change waits. */
    public long changesWaiting() {
        return waiting.get();
    }

    /**
     * How old the oldest decision is whose change was not made yet, in milliseconds; 0 when none
     * waits.
     *
     * @param now milliseconds since 1970
     */
    public long lagMillis(long now) {
        long oldest = oldestTimestamp.get();
        return oldest == 0 ? 0 : Math.max(0, now - oldest);
    }
}
