package io.exitpool.streams.allocation;

import io.exitpool.core.pool.AllocationSettings;
import io.exitpool.core.pool.PartitionPools;
import io.exitpool.core.pool.Sink;
import io.exitpool.streams.codec.RowCodec;
import io.exitpool.streams.codec.RowKey;
import io.exitpool.streams.store.RowStore;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a task's pools from its rows, by one scan of the store. */
final class PoolLoading {
    private static final Logger LOG = LoggerFactory.getLogger(PoolLoading.class);

    private PoolLoading() {}

    static PartitionPools load(
            RowStore store,
            RowCodec rows,
            AllocationSettings settings,
            RandomGenerator random,
            Sink sink) {
        PartitionPools.Loader loader = PartitionPools.load(settings, random, sink);
        store.forEach((key, value) -> load(loader, rows, RowKey.decode(key), value));
        PartitionPools pools = loader.finish();
        for (String server : pools.orphans()) {
            LOG.error(
                    "The store has rows of {} but no configuration: they are not used. Apply its"
                            + " pool again, then ./exitpool pools rebuild {}",
                    server,
                    server);
        }
        return pools;
    }

    private static void load(
            PartitionPools.Loader loader, RowCodec rows, RowKey key, byte[] value) {
        switch (key.kind()) {
            case CONFIG -> loader.config(key.server(), rows.config(value));
            case POOL -> loader.pool(key.server(), rows.pool(value));
            case SLOT -> loader.slot(key.server(), key.slot(), rows.slot(value));
            case LEASE -> loader.lease(key.server(), key.session(), rows.lease(value));
        }
    }
}
