package io.exitpool.core.insight;

import java.util.Arrays;

/**
 * Which entries of a server's journal there are: all since the last snapshot, and of those before
 * the ones that waited when it was made.
 */
final class Journal {
    private final String server;
    private long[] kept = new long[0];
    private long snapshotAt;
    private long next;

    Journal(String server) {
        this.server = server;
    }

    /** While it is read again: a snapshot was made before this entry. */
    void restoreSnapshot(long nextEntry) {
        snapshotAt = nextEntry;
        next = nextEntry;
    }

    /** While it is read again, in order: this entry is there. */
    void restore(long entry) {
        if (entry < snapshotAt) {
            kept = Arrays.copyOf(kept, kept.length + 1);
            kept[kept.length - 1] = entry;
        } else {
            next = entry + 1;
        }
    }

    /** The number of one more entry. */
    long append() {
        return next++;
    }

    long next() {
        return next;
    }

    /**
     * All entries go but these, which are ascending; from here on the snapshot tells what they did.
     */
    void keepOnly(long[] waiting, StatsSink out) {
        for (long entry : kept) {
            cut(entry, entry + 1, waiting, out);
        }
        cut(snapshotAt, next, waiting, out);
        kept = waiting;
        snapshotAt = next;
    }

    /** Lets go of the stretches between the waiting ones. */
    private void cut(long from, long to, long[] waiting, StatsSink out) {
        long start = from;
        int n = Arrays.binarySearch(waiting, from);
        for (n = n < 0 ? -n - 1 : n; n < waiting.length && waiting[n] < to; n++) {
            gone(start, waiting[n], out);
            start = waiting[n] + 1;
        }
        gone(start, to, out);
    }

    private void gone(long from, long to, StatsSink out) {
        if (from < to) {
            out.journalGone(server, from, to);
        }
    }
}
