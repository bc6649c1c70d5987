package io.exitpool.core.event;

import java.util.List;

/**
 * One part of the list of all sessions that live on a server. The parts of one snapshot follow each
 * other with nothing between them.
 *
 * @param snapshot number of the snapshot within its epoch
 * @param part number of this part, from 0
 * @param parts how many parts there are, 1 to {@value #MAX_PARTS}
 * @param entries at most {@value #MAX_ENTRIES} sessions
 */
public record SnapshotPart(long snapshot, int part, int parts, List<SnapshotEntry> entries)
        implements EventBody {
    /** Keeps one record below a megabyte. */
    public static final int MAX_ENTRIES = 4_096;

    /** Four million sessions on one server; bounds the memory of a snapshot under way. */
    public static final int MAX_PARTS = 1_024;

    public SnapshotPart {
        if (parts < 1 || parts > MAX_PARTS) {
            throw new IllegalArgumentException("parts is not 1 to " + MAX_PARTS);
        }
        if (part < 0 || part >= parts) {
            throw new IllegalArgumentException("part is not 0 to parts - 1");
        }
        if (entries.size() > MAX_ENTRIES) {
            throw new IllegalArgumentException("more than " + MAX_ENTRIES + " entries in a part");
        }
    }

    @Override
    public void match(Cases cases) {
        cases.snapshotPart(this);
    }
}
