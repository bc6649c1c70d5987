package io.exitpool.streams.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.processor.BatchingStateRestoreCallback;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.WriteOptions;

/**
 * A task's rows in RocksDB. Nothing looks a row up: rows are written while the task runs and
 * scanned when it starts. So a row is not written on its own, which takes longer than everything
 * else about an event, but gathered with others and handed over in one batch.
 *
 * <p>What makes rows durable is their changelog; RocksDB only spares a restart from reading all of
 * it. Beside the rows it keeps the offset up to which they follow the changelog, and only while
 * they do so exactly: the first batch of rows whose transaction may yet be taken back removes it in
 * the same step, and the commit that closes the task writes it again. A task that finds rows but no
 * offset was stopped uncleanly; Kafka Streams then drops the rows and restores them.
 */
final class RocksRows implements KeyValueStore<Bytes, byte[]> {
    /** What is gathered before it is handed over, in bytes. */
    private static final int BATCH_BYTES = 128 << 10;

    private static final String DIRECTORY = "rows";

    /** Keys of offsets begin with it; no row's does. */
    private static final byte OFFSET = 0;

    private static final byte[] FIRST_ROW = {OFFSET + 1};

    private final String name;
    private final WriteBatchBuffer batch = new WriteBatchBuffer();
    private Options options;
    private WriteOptions unlogged;
    private RocksDB db;

    /** Keys of the offsets beside the rows. */
    private final List<byte[]> offsets = new ArrayList<>();

    /** Whether what a running task writes may be taken back. */
    private boolean transactional;

    RocksRows(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        Map<String, Object> settings = context.appConfigs();
        transactional =
                StreamsConfig.EXACTLY_ONCE_V2.equals(
                        settings.get(StreamsConfig.PROCESSING_GUARANTEE_CONFIG));
        RocksDbMemory memory = (RocksDbMemory) settings.get(RocksDbMemory.SETTING);
        open(memory, context.stateDir().toPath().resolve(DIRECTORY).resolve(name));
        context.register(root, new Restoring());
    }

    private void open(RocksDbMemory memory, Path directory) {
        options = memory.options();
        // The changelog is the log.
        unlogged = new WriteOptions().setDisableWAL(true);
        try {
            Files.createDirectories(directory);
            db = RocksDB.open(options, directory.toString());
        } catch (IOException | RocksDBException e) {
            release();
            throw new ProcessorStateException("the store " + name + " cannot be opened", e);
        }
        scan(new byte[] {OFFSET}, FIRST_ROW, (key, offset) -> offsets.add(key));
    }

    @Override
    public void put(Bytes key, byte[] value) {
        if (transactional) {
            forgetOffsets();
        }
        gather(key.get(), value);
    }

    /** Hands over what was gathered. */
    void handOver() {
        if (batch.isEmpty()) {
            return;
        }
        try {
            batch.writeTo(db, unlogged);
        } catch (RocksDBException e) {
            throw new ProcessorStateException("the store " + name + " cannot be written", e);
        }
    }

    /**
     * The rows from a key on and below another, in the order of their keys' bytes.
     *
     * @param below null is the end
     */
    void forEach(byte[] from, byte[] below, BiConsumer<byte[], byte[]> row) {
        handOver();
        scan(from, below, row);
    }

    /** All rows. */
    void forEach(BiConsumer<byte[], byte[]> row) {
        forEach(FIRST_ROW, null, row);
    }

    /** What was written so far follows the changelog up to the offsets, and is not taken back. */
    @Override
    public void commit(Map<TopicPartition, Long> reached) {
        if (db != null) {
            forgetOffsets();
            reached.forEach(this::keepOffset);
            handOver();
        }
    }

    @Override
    public Long committedOffset(TopicPartition changelog) {
        try {
            byte[] offset = db.get(offsetKey(changelog));
            return offset == null ? null : ByteBuffer.wrap(offset).getLong();
        } catch (RocksDBException e) {
            throw new ProcessorStateException("the store " + name + " cannot be read", e);
        }
    }

    @Override
    @SuppressWarnings("deprecation")
    public boolean managesOffsets() {
        return true;
    }

    /** What is still gathered was never committed to, and goes. */
    @Override
    public void close() {
        batch.clear();
        offsets.clear();
        release();
    }

    @Override
    public boolean persistent() {
        return true;
    }

    @Override
    public boolean isOpen() {
        return db != null;
    }

    @Override
    public Position getPosition() {
        return Position.emptyPosition();
    }

    private void gather(byte[] key, byte[] value) {
        if (value == null) {
            batch.delete(key);
        } else {
            batch.put(key, value);
        }
        if (batch.length() >= BATCH_BYTES) {
            handOver();
        }
    }

    private void keepOffset(TopicPartition changelog, Long offset) {
        if (offset != null) {
            byte[] key = offsetKey(changelog);
            batch.put(key, ByteBuffer.allocate(Long.BYTES).putLong(offset).array());
            offsets.add(key);
        }
    }

    private void forgetOffsets() {
        if (!offsets.isEmpty()) {
            offsets.forEach(batch::delete);
            offsets.clear();
        }
    }

    private static byte[] offsetKey(TopicPartition changelog) {
        byte[] text = changelog.toString().getBytes(UTF_8);
        byte[] key = new byte[1 + text.length];
        key[0] = OFFSET;
        System.arraycopy(text, 0, key, 1, text.length);
        return key;
    }

    private void scan(byte[] from, byte[] below, BiConsumer<byte[], byte[]> row) {
        try (Slice end = below == null ? null : new Slice(below);
                ReadOptions reading = new ReadOptions().setFillCache(false)) {
            if (end != null) {
                reading.setIterateUpperBound(end);
            }
            try (RocksIterator rows = db.newIterator(reading)) {
                for (rows.seek(from); rows.isValid(); rows.next()) {
                    row.accept(rows.key(), rows.value());
                }
                rows.status();
            }
        } catch (RocksDBException e) {
            throw new ProcessorStateException("the store " + name + " cannot be read", e);
        }
    }

    private void release() {
        if (db != null) {
            db.close();
            db = null;
        }
        if (options != null) {
            unlogged.close();
            options.close();
            options = null;
        }
    }

    /** Rows as the changelog has them: they are committed, whatever becomes of the task. */
    private final class Restoring implements BatchingStateRestoreCallback {
        @Override
        public void restoreAll(Collection<KeyValue<byte[], byte[]>> records) {
            records.forEach(record -> gather(record.key, record.value));
        }
    }

    // Kafka Streams wraps a KeyValueStore with a changelog, and asks for all of it; of a row that
    // may still be gathered there is no telling, and nobody asks.

    @Override
    public byte[] get(Bytes key) {
        throw unasked();
    }

    @Override
    public byte[] putIfAbsent(Bytes key, byte[] value) {
        throw unasked();
    }

    @Override
    public void putAll(List<KeyValue<Bytes, byte[]>> entries) {
        entries.forEach(entry -> put(entry.key, entry.value));
    }

    @Override
    public byte[] delete(Bytes key) {
        throw unasked();
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
        throw unasked();
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> all() {
        throw unasked();
    }

    @Override
    public long approximateNumEntries() {
        throw unasked();
    }

    private static UnsupportedOperationException unasked() {
        return new UnsupportedOperationException("rows are only written, and scanned");
    }
}
