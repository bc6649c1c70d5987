package io.exitpool.core.pool;

import static io.exitpool.core.pool.OneServer.session;
import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.core.decision.Granted;
import io.exitpool.core.decision.RejectCause;
import io.exitpool.core.event.SnapshotEntry;
import io.exitpool.core.event.SnapshotPart;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pools of every size: fill, release half, fill again, release all, fill again. */
class PoolSizesTest {
    private static final long REST = 60_000;

    @ParameterizedTest(name = "{0} slots, cap {1}, {2}")
    @CsvSource({
        "1, 1, UNIFORM_RANDOM",
        "1, 3, LEAST_LOADED",
        "2, 1, LONGEST_RESTED",
        "2, 2, UNIFORM_RANDOM",
        "8, 1, UNIFORM_RANDOM",
        "31, 1, LEAST_LOADED",
        "32, 4, UNIFORM_RANDOM",
        "91, 1, LONGEST_RESTED",
        "65536, 1, UNIFORM_RANDOM",
    })
    void shouldFillReleaseHalfAndFillAgain(int slots, int cap, PlacementPolicy placement) {
        // given
        OneServer server =
                OneServer.synced(
                        ConfigDraft.slots(slots)
                                .cap(cap)
                                .minRest(REST)
                                .placement(placement)
                                .next());
        int all = slots * cap;
        int[] slotOf = new int[3 * all];
        int[] load = new int[slots];
        // when it fills
        fill(server, slotOf, load, 0, all, cap);
        // when every second session ends, and what emptied has rested
        for (int n = 0; n < all; n += 2) {
            assertThat(server.end(n).loadAfter()).isEqualTo(--load[slotOf[n]]);
        }
        server.pass(REST);
        fill(server, slotOf, load, all, all + (all + 1) / 2, cap);
        // when it is reloaded in between
        server.reload();
        server.pools.readNext();
        assertThat(server.pools.sessions()).isEqualTo(all);
        assertThat(server.reject(3 * all).cause()).isEqualTo(RejectCause.EXHAUSTED);
        // when all end
        for (int n = 1; n < all; n += 2) {
            assertThat(server.end(n).loadAfter()).isEqualTo(--load[slotOf[n]]);
        }
        for (int n = all; n < all + (all + 1) / 2; n++) {
            assertThat(server.end(n).loadAfter()).isEqualTo(--load[slotOf[n]]);
        }
        assertThat(server.status().resting()).isEqualTo(slots);
        assertThat(server.reject(3 * all).cause()).isEqualTo(RejectCause.EXHAUSTED);
        server.pass(REST);
        fill(server, slotOf, load, 2 * all, 3 * all, cap);
    }

    @ParameterizedTest(name = "{0} slots")
    @CsvSource({"1", "2", "31", "65536"})
    void shouldDrainReleaseHalfAndDrainAgain(int slots) {
        // given a full pool
        ConfigDraft draft = ConfigDraft.slots(slots);
        OneServer server = OneServer.synced(draft.next());
        List<SnapshotEntry> live = new ArrayList<>();
        for (int n = 0; n < slots; n++) {
            server.grant(n);
            if (n % 2 == 1) {
                live.add(new SnapshotEntry(session(n), OptionalInt.empty(), OptionalInt.empty()));
            }
        }
        // when it drains, half of its sessions vanish, and it takes sessions again
        server.configure(draft.draining(true).next());
        assertThat(server.reject(slots).cause()).isEqualTo(RejectCause.DRAINING);
        assertThat(sendInParts(server, live)).isEqualTo(slots - live.size());
        assertThat(server.reject(slots).cause()).isEqualTo(RejectCause.DRAINING);
        server.configure(draft.draining(false).next());
        for (int n = slots; n < 2 * slots - live.size(); n++) {
            server.grant(n);
        }
        // then it is full again, and drains again
        assertThat(server.reject(3 * slots).cause()).isEqualTo(RejectCause.EXHAUSTED);
        server.configure(draft.draining(true).next());
        assertThat(server.reject(3 * slots).cause()).isEqualTo(RejectCause.DRAINING);
        assertThat(server.pools.sessions()).isEqualTo(slots);
    }

    private static void fill(
            OneServer server, int[] slotOf, int[] load, int from, int to, int cap) {
        BitSet used = new BitSet();
        for (int n = from; n < to; n++) {
            Granted granted = server.grant(n);
            slotOf[n] = granted.slot();
            used.set(granted.slot());
            load[granted.slot()]++;
            assertThat(granted.loadAfter())
                    .isEqualTo(load[granted.slot()])
                    .isLessThanOrEqualTo(cap);
        }
        assertThat(server.reject(to).cause()).isEqualTo(RejectCause.EXHAUSTED);
        assertThat(load).containsOnly(cap);
        assertThat(used.cardinality()).isGreaterThanOrEqualTo((to - from) / cap);
    }

    private static int sendInParts(OneServer server, List<SnapshotEntry> live) {
        int full = SnapshotPart.MAX_ENTRIES;
        int parts = Math.max(1, (live.size() + full - 1) / full);
        int told = 0;
        for (int part = 0; part < parts; part++) {
            List<SnapshotEntry> its =
                    live.subList(part * full, Math.min(live.size(), (part + 1) * full));
            told += server.send(server.part(part, parts, its.toArray(SnapshotEntry[]::new))).size();
        }
        return told;
    }
}
