package io.exitpool.streams.allocation;

import io.exitpool.core.pool.KeptPools;
import io.exitpool.core.pool.PoolRows;
import io.exitpool.streams.codec.RowCodec;
import io.exitpool.streams.codec.RowKey;
import io.exitpool.streams.codec.RowKey.Kind;
import io.exitpool.streams.store.RowScan;
import io.exitpool.streams.store.RowStore;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The pools that a task's store has rows of. Whose they are is looked up at once, by one key a
 * server; the rows themselves are read when a pool is wanted.
 */
final class StoredPools implements KeptPools, AutoCloseable {
    private final RowScan scan;
    private final RowCodec codec;
    private final Set<String> servers = new LinkedHashSet<>();
    private final Set<String> orphans = new LinkedHashSet<>();

    StoredPools(RowStore store, RowCodec codec) {
        scan = store.scan();
        this.codec = codec;
        scan.skim(this::note);
    }

    /** A configuration comes first among the rows of its server. */
    private byte[] note(byte[] first) {
        RowKey key = RowKey.decode(first);
        (key.kind() == Kind.CONFIG ? servers : orphans).add(key.server());
        return RowKey.beyond(key.server());
    }

    @Override
    public Set<String> servers() {
        return servers;
    }

    @Override
    public Set<String> orphans() {
        return orphans;
    }

    @Override
    public void read(String server, PoolRows rows) {
        scan.forEach(
                RowKey.first(server),
                RowKey.beyond(server),
                (key, value) -> read(RowKey.decode(key, server), value, rows));
    }

    /** When all are read, or none is wanted any more. */
    @Override
    public void close() {
        scan.close();
    }

    private void read(RowKey key, byte[] value, PoolRows rows) {
        switch (key.kind()) {
            case CONFIG -> rows.config(codec.config(value));
            case POOL -> rows.pool(codec.pool(value));
            case SLOT -> rows.slot(key.slot(), codec.slot(value));
            case LEASE -> rows.lease(key.session(), codec.lease(value));
        }
    }
}
