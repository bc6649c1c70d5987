package io.exitpool.core.simulation;

import io.exitpool.core.event.SessionId;
import io.exitpool.core.pool.LeaseRow;
import io.exitpool.core.pool.PoolCounters;
import io.exitpool.core.pool.PoolRow;
import io.exitpool.core.pool.RecordingSink;
import io.exitpool.core.pool.SlotRange;
import io.exitpool.core.pool.SlotRow;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.LongStream;

/** Holds what the store has against what the model knows. */
final class RowAudit {
    private RowAudit() {}

    static void check(NaivePartition model, RecordingSink store) {
        model.pools.values().forEach(pool -> check(pool, store.rows(pool.server)));
    }

    private static void check(NaivePool pool, RecordingSink.Rows rows) {
        Map<SessionId, LeaseRow> leases = new HashMap<>();
        Map<Integer, SlotRow> slots = new TreeMap<>();
        for (NaiveSlot slot : pool.slots.list) {
            slot.past.ifPresent(row -> slots.put(slot.id, row));
            for (NaiveSlot.Lease lease : slot.leases) {
                leases.put(
                        lease.session(),
                        new LeaseRow(
                                slot.id,
                                lease.epoch(),
                                lease.seq(),
                                lease.grantedAt(),
                                lease.decided()));
            }
        }
        equal(leases, rows.leases, pool, "lease rows");
        equal(slots, rows.slots, pool, "slot rows");
        equal(Optional.of(pool.slots.config), rows.config, pool, "configuration row");
        PoolRow row = rows.pool.orElseThrow();
        equal(pool.epoch, row.epoch(), pool, "epoch");
        equal(pool.synced, row.synced(), pool, "synced");
        equal(pool.removed, row.removed(), pool, "removed");
        equal(pool.failed, row.failed(), pool, "failed");
        equal(pool.lastSnapshotAt, row.lastSnapshotAt(), pool, "last snapshot");
        equal(
                pool.slots.all(slot -> slot.retiring).stream().map(slot -> slot.id).toList(),
                row.retiring().stream().map(SlotRange::firstId).toList(),
                pool,
                "retiring");
        equal(pool.decided, decidedOf(rows), pool, "the last decision that the rows know of");
        if (pool.failed.isEmpty()) {
            equal(pool.seq, seqOf(rows), pool, "the last event that the rows know of");
        }
        long silent = pool.counted - pool.renewedAt;
        check(row.silentMillis() >= 0 && row.silentMillis() <= silent, pool, "silence");
        check(noneAbove(row.counters(), pool.counters.now()), pool, "counters");
    }

    private static long seqOf(RecordingSink.Rows rows) {
        PoolRow pool = rows.pool.orElseThrow();
        long seq = pool.seq();
        for (LeaseRow lease : rows.leases.values()) {
            boolean counts = pool.epoch().equals(OptionalLong.of(lease.epoch()));
            seq = counts ? Math.max(seq, lease.seq()) : seq;
        }
        for (SlotRow slot : rows.slots.values()) {
            boolean counts = pool.epoch().equals(OptionalLong.of(slot.epoch()));
            seq = counts ? Math.max(seq, slot.seq()) : seq;
        }
        return seq;
    }

    private static long decidedOf(RecordingSink.Rows rows) {
        return LongStream.of(
                        rows.pool.orElseThrow().decided(),
                        rows.leases.values().stream().mapToLong(LeaseRow::decided).max().orElse(0),
                        rows.slots.values().stream().mapToLong(SlotRow::decided).max().orElse(0))
                .max()
                .orElseThrow();
    }

    private static boolean noneAbove(PoolCounters row, PoolCounters known) {
        return row.duplicates() <= known.duplicates()
                && row.staleEpochs() <= known.staleEpochs()
                && row.unknownEnds() <= known.unknownEnds()
                && row.adoptionConflicts() <= known.adoptionConflicts()
                && row.incompleteSnapshots() <= known.incompleteSnapshots()
                && row.skewedClocks() <= known.skewedClocks()
                && row.deadLetters() <= known.deadLetters();
    }

    private static void equal(Object expected, Object actual, NaivePool pool, String what) {
        if (!Objects.equals(expected, actual)) {
            throw new AssertionError(
                    "rows of %s: %s%n  expected %s%n  but was  %s"
                            .formatted(pool.server, what, expected, actual));
        }
    }

    private static void check(boolean holds, NaivePool pool, String what) {
        if (!holds) {
            throw new AssertionError("rows of %s: %s".formatted(pool.server, what));
        }
    }
}
