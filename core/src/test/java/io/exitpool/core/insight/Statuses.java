package io.exitpool.core.insight;

import io.exitpool.core.pool.PoolCounters;
import io.exitpool.core.pool.PoolStatus;
import io.exitpool.core.pool.Targets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Writes statuses by hand: of a pool of ten exclusive slots, unless said otherwise. */
record Statuses(
        int slots, int cap, int resting, long rest, Targets targets, PoolCounters counters) {
    static final Statuses USUAL = new Statuses(10, 1, 0, 0, Targets.DEFAULT, PoolCounters.ZERO);

    /** Of an exclusive pool of which so many slots rest. */
    static Statuses resting(int slots, int resting, long rest) {
        return new Statuses(slots, 1, resting, rest, Targets.DEFAULT, PoolCounters.ZERO);
    }

    Statuses of(Targets others) {
        return new Statuses(slots, cap, resting, rest, others, counters);
    }

    Statuses duplicates(long n) {
        return new Statuses(
                slots, cap, resting, rest, targets, new PoolCounters(n, 0, 0, 0, 0, 0, 0));
    }

    /**
     * A status.
     *
     * @param loads how many slots carry 1, 2 and so on sessions; the others are free
     */
    PoolStatus at(long watermark, long decisions, Integer... loads) {
        int inUse = Arrays.stream(loads).mapToInt(n -> n).sum();
        int sessions = 0;
        for (int i = 0; i < loads.length; i++) {
            sessions += (i + 1) * loads[i];
        }
        return new PoolStatus(
                watermark,
                decisions,
                OptionalLong.of(1),
                OptionalLong.of(1),
                true,
                OptionalLong.of(watermark),
                0,
                Optional.empty(),
                slots,
                slots - inUse - resting,
                resting,
                inUse,
                0,
                sessions,
                sessions == 0 ? List.of() : List.of(loads),
                cap,
                rest,
                targets,
                false,
                List.of(),
                Optional.of(new byte[slots]),
                counters);
    }
}
