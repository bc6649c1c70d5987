package io.exitpool.core.insight;

/**
 * Where a server's entries since the last snapshot are kept: one after the other, in the places of
 * those that were kept before it. So an entry is written once and, but for those of a busier
 * minute, never deleted.
 */
final class Journal {
    private final String server;
    private long snapshotAt;
    private long next;

    /** How many have an entry, be it of this journal or of the one before. */
    private int places;

    Journal(String server) {
        this.server = server;
    }

    /** While it is read again: a snapshot was made before this entry. */
    void restoreSnapshot(long nextEntry) {
        snapshotAt = nextEntry;
        next = nextEntry;
    }

    /** While it is read again: so many places have an entry. */
    void restorePlaces(int itsPlaces) {
        places = itsPlaces;
    }

    /** While it is read again, in order: this entry is the journal's. */
    void restoreEntry(long entry) {
        next = entry + 1;
    }

    /** The number of one more entry. */
    long append() {
        long entry = next++;
        places = Math.max(places, placeOf(entry) + 1);
        return entry;
    }

    /** Where the entry is kept. */
    int placeOf(long entry) {
        return Math.toIntExact(entry - snapshotAt);
    }

    long next() {
        return next;
    }

    /**
     * What came so far is in the snapshot. Entries of the journal before this one go: none is kept
     * longer than until the next snapshot but one.
     */
    void beginAnew(StatsSink out) {
        keepOnly(placeOf(next), out);
        snapshotAt = next;
    }

    /** All entries go. */
    void end(StatsSink out) {
        keepOnly(0, out);
    }

    private void keepOnly(int first, StatsSink out) {
        if (first < places) {
            out.journalGone(server, first, places);
            places = first;
        }
    }
}
