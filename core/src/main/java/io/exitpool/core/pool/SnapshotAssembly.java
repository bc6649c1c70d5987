package io.exitpool.core.pool;

import io.exitpool.core.event.SnapshotEntry;
import io.exitpool.core.event.SnapshotPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A snapshot under way. Its parts carry consecutive seqs: an event between two of them would make
 * what was listed before it untrue, so it voids the snapshot, and the next one repairs.
 */
final class SnapshotAssembly {
    private final List<SnapshotEntry> entries = new ArrayList<>();
    private final long snapshot;
    private final int parts;
    private int nextPart;
    private long nextSeq;

    private SnapshotAssembly(SnapshotPart first, long seq) {
        snapshot = first.snapshot();
        parts = first.parts();
        nextSeq = seq;
    }

    /** Begins with a first part; any other begins nothing. */
    static Optional<SnapshotAssembly> begin(SnapshotPart part, long seq) {
        return part.part() == 0 ? Optional.of(new SnapshotAssembly(part, seq)) : Optional.empty();
    }

    boolean continuesWith(SnapshotPart part, long seq) {
        return part.snapshot() == snapshot
                && part.parts() == parts
                && part.part() == nextPart
                && seq == nextSeq;
    }

    void add(SnapshotPart part) {
        entries.addAll(part.entries());
        nextPart++;
        nextSeq++;
    }

    long snapshot() {
        return snapshot;
    }

    boolean complete() {
        return nextPart == parts;
    }

    List<SnapshotEntry> entries() {
        return entries;
    }
}
