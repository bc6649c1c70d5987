package io.exitpool.core.pool;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is kept of a pool as a whole.
 *
 * @param epoch the server's current epoch
 * @param seq the last event seen of it when the row was written; leases and slots may know a later
 * @param decided number of the last decision when the row was written; leases and slots may know a
 *     later one
 * @param synced the epoch's first complete snapshot was applied
 * @param silentMillis counted time since the last complete snapshot
 * @param lastSnapshotAt append time of the last complete snapshot
 * @param removed the server's configuration is gone; the pool lasts until it is empty and rested
 * @param retiring slots that left the configuration and are not yet empty and rested
 * @param failed what does not add up, when the pool has failed
 */
public record PoolRow(
        OptionalLong epoch,
        long seq,
        long decided,
        boolean synced,
        long silentMillis,
        OptionalLong lastSnapshotAt,
        boolean removed,
        List<SlotRange> retiring,
        Optional<String> failed,
        PoolCounters counters) {}
