package io.exitpool.core.simulation;

import io.exitpool.core.pool.PassingSink;
import io.exitpool.core.pool.PoolConfig;
import io.exitpool.core.pool.PoolStatus;
import io.exitpool.core.pool.Sink;
import java.util.HashMap;
import java.util.Map;

/**
 * Hands pools the configurations that a defect made of those meant, and the store those meant: a
 * defect shall be caught by what it does, not by its row or what its status says of it.
 */
final class MeantConfigs extends PassingSink {
    private final Defect defect;
    private final Map<PoolConfig, PoolConfig> meantBy = new HashMap<>();
    private final Map<String, PoolConfig> inForce = new HashMap<>();

    MeantConfigs(Sink store, Defect defect) {
        super(store);
        this.defect = defect;
    }

    PoolConfig altered(PoolConfig meant) {
        PoolConfig altered = defect.config(meant);
        meantBy.put(altered, meant);
        return altered;
    }

    @Override
    public void config(String server, PoolConfig taken) {
        PoolConfig meant = meantBy.get(taken);
        if (meant == null) {
            meant = NaiveSlots.withoutSlots(inForce.get(server));
        }
        inForce.put(server, meant);
        super.config(server, meant);
    }

    @Override
    public void status(String server, PoolStatus status) {
        PoolConfig meant = inForce.get(server);
        super.status(
                server,
                Altered.with(
                        status,
                        status.free(),
                        status.resting(),
                        meant.cap(),
                        meant.minRestMillis(),
                        meant.draining()));
    }
}
