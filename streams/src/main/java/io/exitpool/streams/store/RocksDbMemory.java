package io.exitpool.streams.store;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * The memory of all RocksDB stores of the process, in one place and under one bound: a block cache
 * that they share, in which indexes, filters and the memtables count as well. Memtables get half of
 * it, and when they reach that the largest is flushed.
 */
public final class RocksDbMemory implements AutoCloseable {
    /** Where the settings carry an instance of this class. */
    public static final String SETTING = "exitpool.rocksdb.memory";

    /** Indexes and filters go last of what is in the cache. */
    private static final double INDEX_SHARE = 0.1;

    /** Rows that are gone leave the files within about this time, in seconds. */
    private static final long PERIODIC_COMPACTION_SECONDS = 3_600;

    /** What a memtable takes at a time. */
    private static final long ARENA_BLOCK_BYTES = 128 << 10;

    private static final int DEFAULT_SHARDS = -1;
    private static final boolean STRICT = false;

    static {
        RocksDB.loadLibrary();
    }

    private final Cache cache;
    private final WriteBufferManager memtables;

    public RocksDbMemory(long bytes) {
        cache = new LRUCache(bytes, DEFAULT_SHARDS, STRICT, INDEX_SHARE);
        memtables = new WriteBufferManager(bytes / 2, cache);
    }

    /** What is in use now, of the bound. */
    public long usedBytes() {
        return cache.getUsage();
    }

    /** To be called when every store is closed: RocksDB does not look whether it is in use. */
    @Override
    public void close() {
        memtables.close();
        cache.close();
    }

    private void bound(Options options) {
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(cache);
        table.setCacheIndexAndFilterBlocks(true);
        table.setCacheIndexAndFilterBlocksWithHighPriority(true);
        table.setPinTopLevelIndexAndFilter(true);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(memtables);
        options.setArenaBlockSize(ARENA_BLOCK_BYTES);
        options.setPeriodicCompactionSeconds(PERIODIC_COMPACTION_SECONDS);
    }

    /** Gives each store its share; Kafka Streams makes one of these per store. */
    public static final class Setter implements RocksDBConfigSetter {
        @Override
        public void setConfig(String store, Options options, Map<String, Object> settings) {
            ((RocksDbMemory) settings.get(SETTING)).bound(options);
        }

        @Override
        public void close(String store, Options options) {
            // The cache and the memtables' bound outlive the store: they are the process'.
        }
    }
}
