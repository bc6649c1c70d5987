package io.exitpool.streams.allocation;

import io.exitpool.core.event.AgentEvent;
import io.exitpool.core.pool.PartitionPools;
import io.exitpool.core.pool.PoolConfig;
import java.util.Optional;

/** What one good record says, ready for the pools of its partition. */
sealed interface Heard {
    void handTo(PartitionPools pools, long appendTime);

    /** A server's agent speaks. */
    record Event(String server, AgentEvent event) implements Heard {
        @Override
        public void handTo(PartitionPools pools, long appendTime) {
            pools.onEvent(server, event, appendTime);
        }
    }

    /** A server's pool is configured, or not any more. */
    record Config(String server, Optional<PoolConfig> config) implements Heard {
        @Override
        public void handTo(PartitionPools pools, long appendTime) {
            pools.onConfig(server, config, appendTime);
        }
    }

    /** Time passes. */
    record Tick() implements Heard {
        @Override
        public void handTo(PartitionPools pools, long appendTime) {
            pools.onTick(appendTime);
        }
    }
}
