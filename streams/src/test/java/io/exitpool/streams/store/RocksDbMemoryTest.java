package io.exitpool.streams.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteOptions;

class RocksDbMemoryTest {
    private static final int STORES = 24;
    private static final long BOUND = 32L << 20;

    @TempDir Path folder;

    @Test
    void shouldBoundTheMemoryOfManyStoresTogether() throws RocksDBException {
        List<RocksDB> stores = new ArrayList<>();
        List<Options> options = new ArrayList<>();
        Random random = new Random(42);
        long most = 0;
        try (RocksDbMemory memory = new RocksDbMemory(BOUND);
                WriteOptions unlogged = new WriteOptions().setDisableWAL(true)) {
            for (int i = 0; i < STORES; i++) {
                Options its = memory.options();
                options.add(its);
                stores.add(RocksDB.open(its, folder.resolve("store" + i).toString()));
            }
            byte[] key = new byte[32];
            byte[] value = new byte[200];
            for (int i = 0; i < 200_000; i++) {
                random.nextBytes(key);
                random.nextBytes(value);
                stores.get(i % STORES).put(unlogged, key, value);
                if (i % 1_000 == 0) {
                    most = Math.max(most, memory.usedBytes());
                }
            }
            for (RocksDB store : stores) {
                try (RocksIterator rows = store.newIterator()) {
                    for (rows.seekToFirst(); rows.isValid(); rows.next()) {
                        most = Math.max(most, memory.usedBytes());
                    }
                    rows.status();
                }
            }
            stores.forEach(RocksDB::close);
            options.forEach(Options::close);
        }

        // 46 MB of rows passed through it.
        assertThat(most).isBetween(BOUND / 4, BOUND + BOUND / 4);
    }
}
