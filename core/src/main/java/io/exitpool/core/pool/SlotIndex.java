package io.exitpool.core.pool;

import io.exitpool.core.decision.Addresses;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Slot ids to dense indexes and back, over ranges: a /16 costs as much as one address. Indexes
 * follow the order of the ranges given; ids may come in any order of ranges.
 */
final class SlotIndex {
    /** No slot has this id. */
    static final int NONE = -1;

    private final SlotRange[] byIndex;
    private final int[] firstIndex;
    private final int[] byId;
    private final int size;

    SlotIndex(List<SlotRange> ranges) {
        byIndex = ranges.toArray(SlotRange[]::new);
        firstIndex = new int[byIndex.length];
        int next = 0;
        for (int r = 0; r < byIndex.length; r++) {
            firstIndex[r] = next;
            next += byIndex[r].count();
        }
        size = next;
        byId =
                IntStream.range(0, byIndex.length)
                        .boxed()
                        .sorted(Comparator.comparingInt(r -> byIndex[r].firstId()))
                        .mapToInt(Integer::intValue)
                        .toArray();
    }

    int size() {
        return size;
    }

    /** The slot's index, or {@link #NONE}. */
    int indexOf(int id) {
        int low = 0;
        int high = byId.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            SlotRange range = byIndex[byId[middle]];
            if (range.contains(id)) {
                return firstIndex[byId[middle]] + (id - range.firstId());
            }
            if (id < range.firstId()) {
                high = middle - 1;
            } else {
                low = middle + 1;
            }
        }
        return NONE;
    }

    int idAt(int index) {
        int r = rangeAt(index);
        return byIndex[r].firstId() + (index - firstIndex[r]);
    }

    Addresses addressesAt(int index) {
        int r = rangeAt(index);
        return byIndex[r].first().plus(index - firstIndex[r]);
    }

    private int rangeAt(int index) {
        int low = 0;
        int high = byIndex.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (firstIndex[middle] <= index) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
