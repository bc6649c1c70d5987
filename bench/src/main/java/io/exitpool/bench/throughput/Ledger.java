package io.exitpool.bench.throughput;

import io.exitpool.core.event.SessionId;
import java.util.Arrays;

/**
 * What must have been decided when a partition was read up to an offset: how many decisions, and a
 * sum over their sessions that no other decisions give, in whatever order they come.
 */
final class Ledger {
    private static final int INITIAL = 1 << 12;
    private static final long GRANT_SALT = 0x9E3779B97F4A7C15L;
    private static final long RELEASE_SALT = 0xC2B2AE3D27D4EB4FL;

    private int[] counts = new int[INITIAL];
    private long[] sums = new long[INITIAL];
    private int records;
    private int count;
    private long sum;

    /** The next record's answer is this grant, among others. */
    void granted(SessionId session) {
        count++;
        sum += grant(session.high(), session.low());
    }

    /** The next record's answer is this release. */
    void released(SessionId session) {
        count++;
        sum += release(session.high(), session.low());
    }

    /** The record that all this answers has been written. */
    void written() {
        if (records == counts.length) {
            counts = Arrays.copyOf(counts, 2 * records);
            sums = Arrays.copyOf(sums, 2 * records);
        }
        counts[records] = count;
        sums[records] = sum;
        records++;
    }

    /** Records so far. */
    int records() {
        return records;
    }

    /** Decisions of all records before an offset. */
    int countBefore(long offset) {
        return offset == 0 ? 0 : counts[index(offset)];
    }

    /** The sum over their sessions. */
    long sumBefore(long offset) {
        return offset == 0 ? 0 : sums[index(offset)];
    }

    /** What a grant adds to the sum. */
    static long grant(long high, long low) {
        return mixed(high, low, GRANT_SALT);
    }

    /** What a release adds to the sum. */
    static long release(long high, long low) {
        return mixed(high, low, RELEASE_SALT);
    }

    /** Records behind ours are Ticks, which decide nothing here. */
    private int index(long offset) {
        return (int) Math.min(offset, records) - 1;
    }

    /** SplitMix64's finisher, twice. */
    private static long mixed(long high, long low, long salt) {
        return mixed(mixed(high + salt) + low);
    }

    private static long mixed(long bits) {
        long mixed = (bits ^ bits >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }
}
