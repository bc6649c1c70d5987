package io.exitpool.streams.store;

import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.CompactionStyle;
import org.rocksdb.CompressionType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.VectorMemTableConfig;
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

    private static final int BLOCK_BYTES = 16 << 10;
    private static final long MEMTABLE_BYTES = 16 << 20;
    private static final int MAX_MEMTABLES = 3;

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

    /**
     * How a store of rows is opened within the bound; the caller closes it after the store. Rows
     * are only written and scanned, so a memtable is a list that is sorted when it is flushed or
     * scanned, and blocks have no filters.
     */
    Options options() {
        BlockBasedTableConfig table =
                new BlockBasedTableConfig()
                        .setBlockCache(cache)
                        .setBlockSize(BLOCK_BYTES)
                        .setCacheIndexAndFilterBlocks(true)
                        .setCacheIndexAndFilterBlocksWithHighPriority(true)
                        .setPinTopLevelIndexAndFilter(true);
        return new Options()
                .setCreateIfMissing(true)
                .setInfoLogLevel(InfoLogLevel.ERROR_LEVEL)
                .setCompactionStyle(CompactionStyle.UNIVERSAL)
                .setCompressionType(CompressionType.NO_COMPRESSION)
                .setMemTableConfig(new VectorMemTableConfig())
                .setAllowConcurrentMemtableWrite(false)
                .setTableFormatConfig(table)
                .setWriteBufferManager(memtables)
                .setWriteBufferSize(MEMTABLE_BYTES)
                .setMaxWriteBufferNumber(MAX_MEMTABLES)
                .setArenaBlockSize(ARENA_BLOCK_BYTES)
                .setPeriodicCompactionSeconds(PERIODIC_COMPACTION_SECONDS);
    }
}
