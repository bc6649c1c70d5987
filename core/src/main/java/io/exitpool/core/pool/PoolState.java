package io.exitpool.core.pool;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a pool knows beside its slots and leases, together with the record at hand: all that its own
 * row keeps, and what every decision about it says.
 */
final class PoolState {
    OptionalLong epoch = OptionalLong.empty();

    /** The last event seen of the epoch. */
    long seq;

    /** Number of the last decision; 0 when none is known. */
    long decided;

    /** The same before the record at hand. */
    private long decidedBefore;

    /** The epoch's first complete snapshot was applied. */
    boolean synced;

    /** The server's configuration is gone. */
    boolean removed;

    /** The partition's counted time at the last complete snapshot. */
    long renewedAt;

    OptionalLong lastSnapshotAt = OptionalLong.empty();
    Optional<String> failed = Optional.empty();
    final Tally tally = new Tally();

    /** Append time of the record at hand. */
    long now;

    /** The partition's counted time at the record at hand. */
    long counted;

    /**
     * Whether what is decided answers the event at hand; it does not when time or an operator
     * decides.
     */
    boolean answers;

    /** The seq of the event at hand. */
    private long answered;

    /** Whether a row tells that the event at hand was seen, so that a copy of it does nothing. */
    boolean seqKept;

    /** Whether anything happened since the last status. */
    boolean stirred = true;

    PoolState(long counted) {
        this.counted = counted;
        renewedAt = counted;
    }

    /** Time or an operator is at hand. */
    void begin(long atNow, long atCounted) {
        now = atNow;
        counted = atCounted;
        answers = false;
        decidedBefore = decided;
    }

    /** An event is at hand. */
    void begin(long atNow, long atCounted, long itsSeq) {
        begin(atNow, atCounted);
        answers = true;
        answered = itsSeq;
        stirred = true;
    }

    /** The seq of the event that is answered; none for time and operators. */
    OptionalLong answered() {
        return answers ? OptionalLong.of(answered) : OptionalLong.empty();
    }

    /** A complete snapshot of the current epoch was applied. */
    void renew() {
        synced = true;
        renewedAt = counted;
        lastSnapshotAt = OptionalLong.of(now);
    }

    void beginEpoch(OptionalLong next) {
        epoch = next;
        seq = 0;
        synced = false;
    }

    /**
     * The number of the decision to come. A pool that knows of none begins at its microseconds, so
     * that one which lost its rows never gives a number twice.
     */
    long nextDecision() {
        return decided == 0 ? now * 1_000 + 1 : decided + 1;
    }

    /** What the record at hand decided is taken back. */
    void undecide() {
        decided = decidedBefore;
    }

    /** A row tells of an event that the pool had seen, and of a decision that it made. */
    void seen(long ofEpoch, long seen, long itsDecision) {
        decided = Math.max(decided, itsDecision);
        if (epoch.isPresent() && epoch.getAsLong() == ofEpoch) {
            seq = Math.max(seq, seen);
        }
    }

    void restore(PoolRow row) {
        epoch = row.epoch();
        seq = row.seq();
        decided = row.decided();
        synced = row.synced();
        removed = row.removed();
        renewedAt = counted - row.silentMillis();
        lastSnapshotAt = row.lastSnapshotAt();
        failed = row.failed();
        tally.set(row.counters());
    }

    PoolRow row(PoolImage image) {
        return new PoolRow(
                epoch,
                seq,
                decided,
                synced,
                counted - renewedAt,
                lastSnapshotAt,
                removed,
                image.retiring(),
                failed,
                tally.read());
    }
}
