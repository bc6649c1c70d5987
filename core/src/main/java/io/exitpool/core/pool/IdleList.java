package io.exitpool.core.pool;

/** Slots in the order in which they emptied. Both links of a slot lie beside each other. */
final class IdleList {
    /** No slot. */
    static final int NONE = -1;

    private static final int OLDER = 0;
    private static final int NEWER = 1;

    private final int[] links;
    private int oldest = NONE;
    private int newest = NONE;

    IdleList(int size) {
        links = new int[2 * size];
    }

    int oldest() {
        return oldest;
    }

    /** The next slot that emptied, or {@link #NONE}. */
    int after(int slot) {
        return links[2 * slot + NEWER];
    }

    void clear() {
        oldest = NONE;
        newest = NONE;
    }

    void append(int slot) {
        links[2 * slot + OLDER] = newest;
        links[2 * slot + NEWER] = NONE;
        if (newest == NONE) {
            oldest = slot;
        } else {
            links[2 * newest + NEWER] = slot;
        }
        newest = slot;
    }

    void remove(int slot) {
        int older = links[2 * slot + OLDER];
        int newer = links[2 * slot + NEWER];
        if (older == NONE) {
            oldest = newer;
        } else {
            links[2 * older + NEWER] = newer;
        }
        if (newer == NONE) {
            newest = older;
        } else {
            links[2 * newer + OLDER] = older;
        }
    }
}
