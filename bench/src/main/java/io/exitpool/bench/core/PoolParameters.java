package io.exitpool.bench.core;

import io.exitpool.core.event.SessionId;
import io.exitpool.core.pool.AllocationSettings;
import io.exitpool.core.pool.PartitionPools;
import io.exitpool.core.pool.PlacementPolicy;
import io.exitpool.streams.allocation.AllocationParts;
import java.util.Random;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Size and placement of the pools that a benchmark asks, and what they are made with. */
@State(Scope.Thread)
public abstract class PoolParameters {
    /** Events of one kind between two fixtures: enough that reading the clock costs nothing. */
    static final int BATCH = 512;

    private static final long SEED = 1;

    @Param({"8", "91", "4096", "65536"})
    public int slots;

    @Param({"UNIFORM_RANDOM", "LONGEST_RESTED", "LEAST_LOADED"})
    public PlacementPolicy placement;

    private Meter meter;

    /** The last thing that a fixture does before the measured part. */
    final void beginMeasured(Meter measured) {
        meter = measured;
        meter.begin();
    }

    /** The first thing that a fixture does after the measured part. */
    final void endMeasured() {
        meter.end(BATCH);
    }

    /** With the product's settings and its source of randomness. */
    static PartitionPools pools(Blackhole blackhole) {
        return new PartitionPools(
                AllocationSettings.DEFAULT,
                AllocationParts.SECURE_RANDOM.get(),
                new ConsumingSink(blackhole));
    }

    /** Random ids, as agents make them. */
    static SessionId[] sessions(int count) {
        Random random = new Random(SEED);
        SessionId[] sessions = new SessionId[count];
        for (int n = 0; n < count; n++) {
            sessions[n] = new SessionId(random.nextLong(), random.nextLong());
        }
        return sessions;
    }
}
