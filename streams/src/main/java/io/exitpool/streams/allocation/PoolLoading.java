package io.exitpool.streams.allocation;

import io.exitpool.core.pool.AllocationSettings;
import io.exitpool.core.pool.PartitionPools;
import io.exitpool.core.pool.Sink;
import io.exitpool.streams.codec.RowCodec;
import io.exitpool.streams.codec.RowKey;
import java.util.random.RandomGenerator;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a task's pools from its rows, by one scan of the store. */
final class PoolLoading {
    private static final Logger LOG = LoggerFactory.getLogger(PoolLoading.class);

    private PoolLoading() {}

    static PartitionPools load(
            KeyValueStore<Bytes, byte[]> store,
            RowCodec rows,
            AllocationSettings settings,
            RandomGenerator random,
            Sink sink) {
        PartitionPools.Loader loader = PartitionPools.load(settings, random, sink);
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> row = all.next();
                load(loader, rows, RowKey.decode(row.key.get()), row.value);
            }
        }
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
