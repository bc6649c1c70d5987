package io.exitpool.streams.codec;

import io.exitpool.core.pool.PoolCounters;
import io.exitpool.core.pool.PoolStatus;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/** Statuses, as they are written. */
public final class StatusCodec {
    private StatusCodec() {}

    public static io.exitpool.schemas.PoolStatus encode(PoolStatus status) {
        return new io.exitpool.schemas.PoolStatus(
                status.watermark(),
                orNull(status.epoch()),
                orNull(status.configVersion()),
                status.synced(),
                orNull(status.lastSnapshotAt()),
                status.failed().orElse(null),
                status.slots(),
                status.free(),
                status.resting(),
                status.inUse(),
                status.setAside(),
                status.sessions(),
                status.cap(),
                status.draining(),
                status.retiring(),
                status.slotMap().map(ByteBuffer::wrap).orElse(null),
                counters(status.counters()));
    }

    private static io.exitpool.schemas.PoolCounters counters(PoolCounters counters) {
        return new io.exitpool.schemas.PoolCounters(
                counters.duplicates(),
                counters.staleEpochs(),
                counters.unknownEnds(),
                counters.adoptionConflicts(),
                counters.incompleteSnapshots(),
                counters.skewedClocks());
    }

    private static Long orNull(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }
}
