package io.exitpool.streams.allocation;

import io.exitpool.core.pool.AllocationSettings;
import io.exitpool.core.pool.PartitionPools;
import io.exitpool.core.pool.Sink;
import io.exitpool.streams.codec.RowCodec;
import io.exitpool.streams.codec.RowKey;
import io.exitpool.streams.store.RowStore;
import java.util.function.BiConsumer;
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
        store.forEach(new Rows(loader, rows));
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

    /** Hands the loader row by row. */
    private static final class Rows implements BiConsumer<byte[], byte[]> {
        private final PartitionPools.Loader loader;
        private final RowCodec codec;

        /** Of the row before. */
        private String server = "";

        Rows(PartitionPools.Loader loader, RowCodec codec) {
            this.loader = loader;
            this.codec = codec;
        }

        @Override
        public void accept(byte[] bytes, byte[] value) {
            RowKey key = RowKey.decode(bytes, server);
            server = key.server();
            switch (key.kind()) {
                case CONFIG -> loader.config(server, codec.config(value));
                case POOL -> loader.pool(server, codec.pool(value));
                case SLOT -> loader.slot(server, key.slot(), codec.slot(value));
                case LEASE -> loader.lease(server, key.session(), codec.lease(value));
            }
        }
    }
}
