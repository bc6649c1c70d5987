package io.exitpool.core.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.core.event.SessionId;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * At most 64 bytes a slot beyond its addresses, of a full exclusive pool. What counts is every
 * array that is longer in a larger pool; the handful whose length the cap decides, and objects'
 * headers, are the same for 8 slots and for a /16.
 */
class MemoryTest {
    private static final int BYTES_A_SLOT = 64;

    /** Arrays whose length does not depend on the number of slots. */
    private static final List<String> FIXED = List.of("regionStart", "ledger", "withLoad");

    /** What slots are made of, beside arrays. */
    private static final List<Class<?>> PARTS = List.of(Regions.class, IdleList.class);

    private static IntStream sizes() {
        return IntStream.concat(
                IntStream.rangeClosed(8, 600),
                IntStream.of(
                        1_000, 1_021, 1_531, 4_097, 12_289, 24_577, 32_768, 49_153, 65_535,
                        65_536));
    }

    @Test
    void shouldNeedAtMost64BytesASlot() {
        sizes().forEach(MemoryTest::shouldNeedAtMost64BytesASlot);
    }

    private static void shouldNeedAtMost64BytesASlot(int n) {
        // given a full pool
        Slots slots = new Slots(n, ConfigDraft.slots(n).minRest(60_000).next());
        Leases leases = new Leases(n);
        Random random = new Random(n);
        for (int slot = 0; slot < n; slot++) {
            slots.grant(slot);
            leases.add(new SessionId(random.nextLong(), random.nextLong()), slot, 1);
        }
        // when, then
        long bytes = bytesOfArrays(slots) + bytesOfArrays(leases);
        assertThat(bytes).as("%d slots", n).isLessThanOrEqualTo((long) BYTES_A_SLOT * n);
    }

    @Test
    void shouldNotHideAnArrayThatGrows() {
        List<Integer> ofOne = fixed(new Slots(1, ConfigDraft.slots(1).next()));
        assertThat(ofOne).hasSize(FIXED.size());
        sizes().forEach(
                        n ->
                                assertThat(fixed(new Slots(n, ConfigDraft.slots(n).next())))
                                        .isEqualTo(ofOne));
    }

    private static List<Integer> fixed(Object owner) {
        List<Integer> lengths = new ArrayList<>();
        for (Field field : owner.getClass().getDeclaredFields()) {
            if (FIXED.contains(field.getName())) {
                lengths.add(Array.getLength(valueOf(field, owner)));
            } else if (PARTS.contains(field.getType())) {
                lengths.addAll(fixed(valueOf(field, owner)));
            }
        }
        return lengths;
    }

    private static long bytesOfArrays(Object owner) {
        long bytes = 0;
        for (Field field : owner.getClass().getDeclaredFields()) {
            Class<?> type = field.getType();
            if (PARTS.contains(type)) {
                bytes += bytesOfArrays(valueOf(field, owner));
            } else if (type.isArray() && !FIXED.contains(field.getName())) {
                bytes +=
                        (long) bytesOf(type.getComponentType())
                                * Array.getLength(valueOf(field, owner));
            } else {
                assertThat(type.isPrimitive() || FIXED.contains(field.getName()))
                        .as("%s holds no other objects", field)
                        .isTrue();
            }
        }
        return bytes;
    }

    private static int bytesOf(Class<?> type) {
        if (type == byte.class) {
            return Byte.BYTES;
        } else if (type == char.class) {
            return Character.BYTES;
        } else if (type == int.class) {
            return Integer.BYTES;
        } else if (type == long.class) {
            return Long.BYTES;
        }
        throw new AssertionError("an array of " + type + " is not counted");
    }

    private static Object valueOf(Field field, Object owner) {
        try {
            field.setAccessible(true);
            return field.get(owner);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
