package io.exitpool.core.pool;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A pool as it stands at the watermark: {@code free + resting + inUse + setAside = slots}.
 *
 * @param watermark append time up to which the partition was read, in milliseconds since 1970
 * @param retiring ids of slots that left the configuration and are not yet empty and rested
 * @param slotMap one byte a slot: high 2 bits 0 free, 1 resting, 2 in use, 3 set aside; low 6 bits
 *     the load, 63 for 63 and more; none above {@value #MAX_MAP} slots
 */
public record PoolStatus(
        long watermark,
        OptionalLong epoch,
        OptionalLong configVersion,
        boolean synced,
        OptionalLong lastSnapshotAt,
        Optional<String> failed,
        int slots,
        int free,
        int resting,
        int inUse,
        int setAside,
        int sessions,
        int cap,
        boolean draining,
        List<Integer> retiring,
        Optional<byte[]> slotMap,
        PoolCounters counters) {
    /** A kilobyte a second and server is what a status may cost. */
    public static final int MAX_MAP = 1_024;
}
