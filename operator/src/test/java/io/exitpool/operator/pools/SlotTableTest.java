package io.exitpool.operator.pools;

import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.schemas.SlotRange;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SlotTableTest {

    @Test
    void shouldMergeNeighboursInIdAndInEveryAddress() {
        // given
        SortedMap<Integer, SlotAddresses> slots = new TreeMap<>();
        slots.put(0, both("192.0.2.1", "2001:db8::1"));
        slots.put(1, both("192.0.2.2", "2001:db8::2"));
        slots.put(2, both("192.0.2.3", "2001:db8::9"));
        slots.put(3, v4("192.0.2.4"));
        slots.put(4, v4("192.0.2.5"));
        slots.put(6, v4("192.0.2.6"));
        slots.put(7, v4("192.0.2.9"));

        // when
        List<SlotRange> ranges = SlotTable.ranges(slots);

        // then
        assertThat(ranges)
                .map(PlanText::range)
                .containsExactly(
                        "slots 0-1: 192.0.2.1-192.0.2.2 + 2001:db8::1-2001:db8::2",
                        "slot 2: 192.0.2.3 + 2001:db8::9",
                        "slots 3-4: 192.0.2.4-192.0.2.5",
                        "slot 6: 192.0.2.6",
                        "slot 7: 192.0.2.9");
        assertThat(SlotTable.count(ranges)).isEqualTo(7);
    }

    @Test
    void shouldReadBackWhatItMerged() {
        Random random = new Random(Seed.of(SlotTableTest.class));
        for (int round = 0; round < 500; round++) {
            // given
            SortedMap<Integer, SlotAddresses> slots = new TreeMap<>();
            Address v4 = Address.parse("192.0.2.0");
            Address v6 = Address.parse("2001:db8::ffff:ffff:ffff:fff0");
            int id = 0;
            for (int i = 0; i < 50; i++) {
                id += 1 + random.nextInt(10) / 9;
                v4 = v4.plus(1 + random.nextInt(10) / 9);
                v6 = v6.plus(1 + random.nextInt(10) / 9);
                int kind = random.nextInt(8);
                slots.put(
                        id,
                        new SlotAddresses(
                                kind == 0 ? Optional.empty() : Optional.of(v4),
                                kind == 1 ? Optional.empty() : Optional.of(v6)));
            }

            // when
            List<SlotRange> ranges = SlotTable.ranges(slots);

            // then
            assertThat(SlotTable.of(ranges)).isEqualTo(slots);
        }
    }

    private static SlotAddresses v4(String address) {
        return new SlotAddresses(Optional.of(Address.parse(address)), Optional.empty());
    }

    private static SlotAddresses both(String v4, String v6) {
        return new SlotAddresses(Optional.of(Address.parse(v4)), Optional.of(Address.parse(v6)));
    }
}
