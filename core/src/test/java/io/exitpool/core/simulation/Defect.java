package io.exitpool.core.simulation;

import io.exitpool.core.event.AgentEvent;
import io.exitpool.core.pool.AllocationSettings;
import io.exitpool.core.pool.PoolConfig;
import io.exitpool.core.pool.Sink;

/**
 * Stands between the simulation and the pools, and so makes broken pools of sound ones: the model
 * sees what was meant, the pools get, or say, something else.
 */
interface Defect {
    /** Sound pools. */
    Defect NONE = new Defect() {};

    default Sink sink(Sink sound) {
        return sound;
    }

    default PoolConfig config(PoolConfig meant) {
        return meant;
    }

    default AgentEvent event(String server, AgentEvent meant) {
        return meant;
    }

    default AllocationSettings settings(AllocationSettings meant) {
        return meant;
    }
}
