package io.exitpool.operator.pools;

import io.exitpool.schemas.SlotRange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A pool's slots one by one, and back to the ranges of the record: neighbours in id and in every
 * address become one range, so that a /16 is one entry of the record and not 65,536.
 */
final class SlotTable {

    private SlotTable() {}

    /** Each slot's addresses by id. */
    static SortedMap<Integer, SlotAddresses> of(Collection<SlotRange> ranges) {
        SortedMap<Integer, SlotAddresses> slots = new TreeMap<>();
        for (SlotRange range : ranges) {
            SlotAddresses first = SlotAddresses.firstOf(range);
            for (int i = 0; i < range.getCount(); i++) {
                slots.put(range.getFirstId() + i, first.plus(i));
            }
        }
        return slots;
    }

    /** The fewest ranges that list these slots, in the order of their ids. */
    static List<SlotRange> ranges(SortedMap<Integer, SlotAddresses> slots) {
        List<SlotRange> ranges = new ArrayList<>();
        int firstId = 0;
        SlotAddresses first = null;
        int count = 0;
        for (Map.Entry<Integer, SlotAddresses> slot : slots.entrySet()) {
            boolean goesOn =
                    first != null
                            && slot.getKey() == firstId + count
                            && slot.getValue().equals(first.plus(count));
            if (!goesOn) {
                if (first != null) {
                    ranges.add(range(firstId, count, first));
                }
                firstId = slot.getKey();
                first = slot.getValue();
                count = 0;
            }
            count++;
        }
        if (first != null) {
            ranges.add(range(firstId, count, first));
        }
        return ranges;
    }

    static int count(Collection<SlotRange> ranges) {
        return ranges.stream().mapToInt(SlotRange::getCount).sum();
    }

    private static SlotRange range(int firstId, int count, SlotAddresses first) {
        return SlotRange.newBuilder()
                .setFirstId(firstId)
                .setCount(count)
                .setFirstV4(first.v4().map(Address::toIpv4).orElse(null))
                .setFirstV6(first.v6().map(Address::toIpv6).orElse(null))
                .build();
    }
}
