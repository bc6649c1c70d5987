package io.exitpool.core.pool;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A pool as it stands at the watermark: {@code free + resting + inUse + setAside = slots}.
 *
 * @param watermark append time up to which the partition was read, in milliseconds since 1970
 * @param decisions number of the last decision made until then
 * @param silentMillis counted time since the last complete snapshot
 * @param loads how many slots carry 1, 2, 3 and so on sessions, set aside or not; no zero at its
 *     end
 * @param minRestMillis how long a slot lies unused after it emptied
 * @param retiring ids of slots that left the configuration and are not yet empty and rested
 * @param slotMap one byte a slot: high 2 bits 0 free, 1 resting, 2 in use, 3 set aside; low 6 bits
 *     the load, 63 for 63 and more; none above {@value #MAX_MAP} slots
 */
public record PoolStatus(
        long watermark,
        long decisions,
        OptionalLong epoch,
        OptionalLong configVersion,
        boolean synced,
        OptionalLong lastSnapshotAt,
        long silentMillis,
        Optional<String> failed,
        int slots,
        int free,
        int resting,
        int inUse,
        int setAside,
        int sessions,
        List<Integer> loads,
        int cap,
        long minRestMillis,
        Targets targets,
        boolean draining,
        List<Integer> retiring,
        Optional<byte[]> slotMap,
        PoolCounters counters) {
    /** A kilobyte a second and server is what a status may cost. */
    public static final int MAX_MAP = 1_024;
}
