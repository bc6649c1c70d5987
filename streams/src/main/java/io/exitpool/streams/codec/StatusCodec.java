package io.exitpool.streams.codec;

import io.exitpool.core.pool.PoolCounters;
import io.exitpool.core.pool.PoolStatus;
import io.exitpool.core.pool.Targets;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Statuses, out to their topic and in from it. */
public final class StatusCodec {
    private StatusCodec() {}

    public static io.exitpool.schemas.PoolStatus encode(PoolStatus status) {
        return new io.exitpool.schemas.PoolStatus(
                status.watermark(),
                status.decisions(),
                orNull(status.epoch()),
                orNull(status.configVersion()),
                status.synced(),
                orNull(status.lastSnapshotAt()),
                status.silentMillis(),
                status.failed().orElse(null),
                status.slots(),
                status.free(),
                status.resting(),
                status.inUse(),
                status.setAside(),
                status.sessions(),
                status.loads(),
                status.cap(),
                status.minRestMillis(),
                status.targets().blocking(),
                status.targets().country().orElse(null),
                status.targets().city().orElse(null),
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
                counters.skewedClocks(),
                counters.deadLetters());
    }

    /** What a status says that is counted. */
    public static Counted read(io.exitpool.schemas.PoolStatus status) {
        try {
            return new Counted.Status(decode(status));
        } catch (BadValueException e) {
            return new Counted.Bad(e.getMessage());
        }
    }

    /**
     * What statistics need of it: the slot map stays behind.
     *
     * @throws BadValueException when a field says what cannot be
     */
    public static PoolStatus decode(io.exitpool.schemas.PoolStatus status) {
        require(status.getSlots() >= 0, "slots is below 0");
        require(status.getFree() >= 0, "free is below 0");
        require(status.getResting() >= 0, "resting is below 0");
        require(status.getInUse() >= 0, "inUse is below 0");
        require(
                status.getSetAside() >= 0 && status.getSetAside() <= status.getSlots(),
                "setAside is not 0 to slots");
        require(status.getSessions() >= 0, "sessions is below 0");
        require(status.getLoads().stream().allMatch(slots -> slots >= 0), "a load is below 0");
        require(status.getCap() > 0, "cap is not above 0");
        require(status.getMinRestMillis() >= 0, "minRestMillis is below 0");
        require(status.getSilentMillis() >= 0, "silentMillis is below 0");
        try {
            return new PoolStatus(
                    status.getWatermark(),
                    status.getDecisions(),
                    optional(status.getEpoch()),
                    optional(status.getConfigVersion()),
                    status.getSynced(),
                    optional(status.getLastSnapshotAt()),
                    status.getSilentMillis(),
                    Optional.ofNullable(status.getFailed()),
                    status.getSlots(),
                    status.getFree(),
                    status.getResting(),
                    status.getInUse(),
                    status.getSetAside(),
                    status.getSessions(),
                    List.copyOf(status.getLoads()),
                    status.getCap(),
                    status.getMinRestMillis(),
                    new Targets(
                            status.getTargetBlocking(),
                            Optional.ofNullable(status.getCountry()),
                            Optional.ofNullable(status.getCity())),
                    status.getDraining(),
                    List.copyOf(status.getRetiring()),
                    Optional.empty(),
                    counters(status.getCounters()));
        } catch (IllegalArgumentException e) {
            throw new BadValueException(e.getMessage(), e);
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new BadValueException(otherwise);
        }
    }

    private static PoolCounters counters(io.exitpool.schemas.PoolCounters counters) {
        return new PoolCounters(
                counters.getDuplicates(),
                counters.getStaleEpochs(),
                counters.getUnknownEnds(),
                counters.getAdoptionConflicts(),
                counters.getIncompleteSnapshots(),
                counters.getSkewedClocks(),
                counters.getDeadLetters());
    }

    private static OptionalLong optional(Long value) {
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private static Long orNull(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }
}
