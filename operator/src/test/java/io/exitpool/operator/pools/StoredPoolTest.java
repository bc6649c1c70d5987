package io.exitpool.operator.pools;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.schemas.PoolConfig;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StoredPoolTest {

    @Test
    void shouldTakeARecordAsTheAllocatorDoes() {
        // given
        StoredPool pool = StoredPool.UNKNOWN.after(config(4, 0, 1), Optional.empty(), 10, 100);

        // when: a version that is not above the one in force
        StoredPool same = pool.after(config(4, 2), Optional.empty(), 11, 110);
        StoredPool older = pool.after(config(3, 2), Optional.empty(), 12, 120);

        // then
        assertThat(same).isEqualTo(pool);
        assertThat(older).isEqualTo(pool);
    }

    @Test
    void shouldFollowFormerSlotsWithoutANote() {
        // when
        StoredPool pool =
                StoredPool.UNKNOWN
                        .after(config(1, 0, 1, 2), Optional.empty(), 10, 100)
                        .after(config(2, 0, 1), Optional.empty(), 11, 110)
                        .after(config(3, 0), Optional.empty(), 12, 120);

        // then
        assertThat(pool.complete()).isTrue();
        assertThat(pool.former())
                .map(slots -> PlanText.range(slots.range()) + " until " + slots.lastVersion())
                .containsExactly("slot 2: 192.0.2.3 until 1", "slot 1: 192.0.2.2 until 2");
        assertThat(pool.nextSlotId()).isEqualTo(3);
    }

    @Test
    void shouldKnowThatItDoesNotKnow() {
        // given: earlier versions were compacted away, and whoever wrote this left no note
        StoredPool pool = StoredPool.UNKNOWN.after(config(2, 0), Optional.empty(), 10, 100);

        // then
        assertThat(pool.complete()).isFalse();
        assertThat(pool.after(config(3, 0), Optional.empty(), 11, 110).complete()).isFalse();
        assertThat(pool.after(config(3, 0), note(3, 1), 11, 110).complete()).isTrue();
    }

    @Test
    void shouldOutliveATombstone() {
        // when
        StoredPool pool =
                StoredPool.UNKNOWN
                        .after(config(5, 0, 1), Optional.empty(), 10, 100)
                        .afterTombstone(note(6, 9), 11, 110);

        // then
        assertThat(pool.config()).isEmpty();
        assertThat(pool.version()).isEqualTo(6);
        assertThat(pool.nextSlotId()).isEqualTo(9);

        // when: it comes back
        StoredPool back = pool.after(config(7, 9), Optional.empty(), 12, 120);

        // then
        assertThat(back.note().since()).isEqualTo(7);
        assertThat(back.after(config(8, 9), Optional.empty(), 13, 130).note().since()).isEqualTo(7);
    }

    @Test
    void shouldReadBackItsNote() {
        // given
        SortedMap<Integer, SlotAddresses> slots = new TreeMap<>(slots(3, 4));
        slots.put(
                9, new SlotAddresses(Optional.empty(), Optional.of(Address.parse("2001:db8::9"))));
        FormerNote note =
                new FormerNote(
                        7,
                        10,
                        2,
                        true,
                        SlotTable.ranges(slots).stream().map(r -> new FormerSlots(r, 6)).toList());

        // when
        byte[] bytes = note.toBytes();

        // then
        assertThat(FormerNote.of(bytes)).hasValue(note);
        assertThat(new String(bytes, UTF_8))
                .isEqualTo(
                        "{\"version\":7,\"nextSlotId\":10,\"since\":2,\"takenUp\":true,\"slots\":["
                                + "{\"firstId\":3,\"count\":2,\"firstV4\":\"192.0.2.4\","
                                + "\"lastVersion\":6},"
                                + "{\"firstId\":9,\"count\":1,\"firstV6\":\"2001:db8::9\","
                                + "\"lastVersion\":6}]}");
    }

    @Test
    void shouldNotTakeSomethingElseForANote() {
        assertThat(FormerNote.of("[]".getBytes(UTF_8))).isEmpty();
        assertThat(FormerNote.of("{".getBytes(UTF_8))).isEmpty();
        assertThat(FormerNote.of(new byte[0])).isEmpty();
    }

    private static Optional<FormerNote> note(long version, int nextSlotId) {
        return Optional.of(new FormerNote(version, nextSlotId, 1, false, List.of()));
    }

    private static PoolConfig config(long version, int... ids) {
        SortedMap<Integer, SlotAddresses> slots = slots(ids);
        return PoolConfig.newBuilder()
                .setVersion(version)
                .setSlots(SlotTable.ranges(slots))
                .setNextSlotId(slots.lastKey() + 1)
                .build();
    }

    private static SortedMap<Integer, SlotAddresses> slots(int... ids) {
        SortedMap<Integer, SlotAddresses> slots = new TreeMap<>();
        for (int id : ids) {
            Address v4 = Address.parse("192.0.2.1").plus(id);
            slots.put(id, new SlotAddresses(Optional.of(v4), Optional.empty()));
        }
        return slots;
    }
}
