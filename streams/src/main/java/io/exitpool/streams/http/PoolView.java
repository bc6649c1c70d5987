package io.exitpool.streams.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.exitpool.schemas.PoolCounters;
import io.exitpool.schemas.PoolStatus;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A pool as the HTTP interface shows it. Slots are counted and, in {@link Whole}, listed by state
 * and load; no address and no session is in it, because none is in a status.
 *
 * @param at the time up to which the pool's partition had been read
 * @param failed what does not add up, when the pool has failed
 * @param retiring how many slots left the configuration and are not yet empty and rested
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PoolView(
        String server,
        String at,
        Long configVersion,
        boolean synced,
        String failed,
        int slots,
        int free,
        int resting,
        int inUse,
        int setAside,
        int sessions,
        int cap,
        boolean draining,
        int retiring) {

    private static final List<String> STATES = List.of("FREE", "RESTING", "IN_USE", "SET_ASIDE");
    private static final int STATE_SHIFT = 6;
    private static final int STATE_MASK = 3;
    private static final int LOAD_MASK = 63;

    static PoolView of(String server, PoolStatus status) {
        return new PoolView(
                server,
                time(status.getWatermark()),
                status.getConfigVersion(),
                status.getSynced(),
                status.getFailed(),
                status.getSlots(),
                status.getFree(),
                status.getResting(),
                status.getInUse(),
                status.getSetAside(),
                status.getSessions(),
                status.getCap(),
                status.getDraining(),
                status.getRetiring().size());
    }

    /**
     * Everything that a status says.
     *
     * @param slotMap the slots in the configuration's order; left out above 1,024
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Whole(
            @JsonUnwrapped PoolView pool,
            Long epoch,
            String lastSnapshotAt,
            List<Integer> retiringSlots,
            List<Slot> slotMap,
            Counters counters) {

        static Whole of(String server, PoolStatus status) {
            Long snapshot = status.getLastSnapshotAt();
            return new Whole(
                    PoolView.of(server, status),
                    status.getEpoch(),
                    snapshot == null ? null : time(snapshot),
                    status.getRetiring(),
                    slots(status.getSlotMap()),
                    Counters.of(status.getCounters()));
        }
    }

    /**
     * One slot.
     *
     * @param load sessions on it, 63 for 63 and more
     */
    record Slot(String state, int load) {}

    /** Events that changed nothing. */
    record Counters(
            long duplicates,
            long staleEpochs,
            long unknownEnds,
            long adoptionConflicts,
            long incompleteSnapshots,
            long skewedClocks) {

        static Counters of(PoolCounters counters) {
            return new Counters(
                    counters.getDuplicates(),
                    counters.getStaleEpochs(),
                    counters.getUnknownEnds(),
                    counters.getAdoptionConflicts(),
                    counters.getIncompleteSnapshots(),
                    counters.getSkewedClocks());
        }
    }

    private static List<Slot> slots(ByteBuffer map) {
        if (map == null) {
            return null;
        }
        ByteBuffer bytes = map.duplicate();
        List<Slot> slots = new ArrayList<>(bytes.remaining());
        while (bytes.hasRemaining()) {
            int slot = bytes.get();
            slots.add(new Slot(STATES.get(slot >> STATE_SHIFT & STATE_MASK), slot & LOAD_MASK));
        }
        return slots;
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}
