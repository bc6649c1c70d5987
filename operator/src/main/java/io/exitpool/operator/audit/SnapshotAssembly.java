package io.exitpool.operator.audit;

import io.exitpool.schemas.SnapshotEntry;
import io.exitpool.schemas.SnapshotPart;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A snapshot whose parts are being read. */
final class SnapshotAssembly {
    private final long snapshot;
    private final int parts;
    private final long firstOffset;
    private final boolean whole;
    private final List<Long> seqs = new ArrayList<>();
    private Map<SessionKey, Asked> named = new HashMap<>();
    private int nextPart;
    private boolean unbroken;

    /** Begins with any part; one that begins behind part 0 is not whole. */
    SnapshotAssembly(SnapshotPart first, Position at) {
        snapshot = first.getSnapshot();
        parts = first.getParts();
        nextPart = first.getPart();
        firstOffset = at.offset();
        whole = first.getPart() == 0;
        unbroken = whole;
    }

    boolean continuesWith(SnapshotPart part) {
        return part.getSnapshot() == snapshot
                && part.getParts() == parts
                && part.getPart() == nextPart;
    }

    void add(SnapshotPart part, long seq) {
        if (!seqs.isEmpty() && seq != seqs.get(seqs.size() - 1) + 1) {
            unbroken = false;
        }
        seqs.add(seq);
        nextPart++;
        for (SnapshotEntry entry : part.getEntries()) {
            named.put(
                    SessionKey.of(entry.getSession()),
                    Asked.of(entry.getHeld(), entry.getWanted()));
        }
    }

    /** Keeps one list of a server's sessions where snapshot after snapshot repeats it. */
    void shareWith(SnapshotAssembly before) {
        if (named.equals(before.named)) {
            named = before.named;
        }
    }

    boolean isComplete() {
        return nextPart == parts;
    }

    boolean isUnbroken() {
        return unbroken;
    }

    boolean isWhole() {
        return whole;
    }

    long firstOffset() {
        return firstOffset;
    }

    List<Long> seqs() {
        return seqs;
    }

    Map<SessionKey, Asked> named() {
        return named;
    }
}
