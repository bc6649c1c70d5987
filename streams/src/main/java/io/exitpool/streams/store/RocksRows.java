package io.exitpool.streams.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.exitpool.streams.commit.Committed;
import io.exitpool.streams.commit.GroupCommit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
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
import org.rocksdb.FlushOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteOptions;

/**
 * A task's rows in RocksDB. Nothing looks a row up: rows are written while the task runs and
 * scanned when it starts. So a row is not written on its own, which takes longer than everything
 * else about an event, but gathered with others and handed over in one batch.
 *
 * <p>What makes rows durable is their changelog; RocksDB spares a restart from reading all of it.
 * It gets a transaction's rows only once that is committed, and in the same batch the offset up to
 * which they follow the changelog. So what is found after a stop, however unclean, is what was
 * committed up to that offset, and only the rest is restored.
 */
final class RocksRows implements KeyValueStore<Bytes, byte[]> {
    /** What is gathered before it is handed over, in bytes. */
    private static final int BATCH_BYTES = 128 << 10;

    /** How old what is on the disk may be: as much is restored after an unclean stop. */
    private static final long FLUSH_NANOS = Duration.ofSeconds(30).toNanos();

    private static final String DIRECTORY = "rows";

    /** Keys of offsets begin with it; no row's does. */
    private static final byte OFFSET = 0;

    private static final byte[] FIRST_ROW = {OFFSET + 1};

    private final String name;

    /** What RocksDB may have. */
    private final WriteBatchBuffer batch = new WriteBatchBuffer();

    /** What was written since the last commit that is known of. */
    private final WriteBatchBuffer uncommitted = new WriteBatchBuffer();

    private Options options;
    private WriteOptions unlogged;
    private RocksDB db;

    /** They must not outlive the store. */
    private final List<RowScan> scans = new ArrayList<>();

    /** Keys of the offsets beside the rows. */
    private final List<byte[]> offsets = new ArrayList<>();

    private TopicPartition changelog;

    /** What the task's thread commits; null where nothing that it writes is taken back. */
    private GroupCommit commits;

    /** How many transactions had been committed when the first uncommitted row was written. */
    private long transactions;

    private long flushedAt;
    private boolean unflushed;

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
        boolean transactional =
                StreamsConfig.EXACTLY_ONCE_V2.equals(
                        settings.get(StreamsConfig.PROCESSING_GUARANTEE_CONFIG));
        commits = transactional ? (GroupCommit) settings.get(GroupCommit.SETTING) : null;
        changelog =
                new TopicPartition(
                        context.applicationId() + "-" + name + "-changelog",
                        context.taskId().partition());
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
        try (RowScan scan = begunScan()) {
            scan.forEach(new byte[] {OFFSET}, FIRST_ROW, (key, offset) -> offsets.add(key));
        }
    }

    @Override
    public void put(Bytes key, byte[] value) {
        if (commits == null) {
            gather(batch, key.get(), value);
        } else {
            settle();
            gather(uncommitted, key.get(), value);
        }
        if (batch.length() >= BATCH_BYTES) {
            write();
        }
    }

    /** Hands over what is committed, and lets it reach the disk now and then. */
    void handOver() {
        settle();
        write();
        flushNowAndThen();
    }

    /** Begins a scan of the rows, the uncommitted among them. */
    RowScan scan() {
        settle();
        if (!uncommitted.isEmpty()) {
            // Until the next commit there is more here than the changelog may keep.
            forgetOffsets();
            batch.take(uncommitted);
        }
        write();
        return begunScan();
    }

    /** What was written so far follows the changelog up to the offsets, and is not taken back. */
    @Override
    public void commit(Map<TopicPartition, Long> reached) {
        if (db != null) {
            batch.take(uncommitted);
            forgetOffsets();
            reached.forEach(this::keepOffset);
            write();
            flushNowAndThen();
        }
    }

    @Override
    public Long committedOffset(TopicPartition of) {
        try {
            byte[] offset = db.get(offsetKey(of));
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

    /** What was never committed goes. */
    @Override
    public void close() {
        if (db == null) {
            return;
        }
        settle();
        write();
        uncommitted.clear();
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

    /** What was written before a commit that has come since is committed. */
    private void settle() {
        if (commits == null) {
            return;
        }
        Committed committed = commits.committedByThisThread();
        if (committed.transactions() != transactions) {
            transactions = committed.transactions();
            OptionalLong offset = committed.offset(changelog);
            if (!uncommitted.isEmpty() && offset.isPresent()) {
                batch.take(uncommitted);
                forgetOffsets();
                keepOffset(changelog, offset.getAsLong());
            }
        }
    }

    private static void gather(WriteBatchBuffer into, byte[] key, byte[] value) {
        if (value == null) {
            into.delete(key);
        } else {
            into.put(key, value);
        }
    }

    private void write() {
        if (batch.isEmpty()) {
            return;
        }
        try {
            batch.writeTo(db, unlogged);
            unflushed = true;
        } catch (RocksDBException e) {
            throw new ProcessorStateException("the store " + name + " cannot be written", e);
        }
    }

    private void flushNowAndThen() {
        long now = System.nanoTime();
        if (!unflushed || now - flushedAt < FLUSH_NANOS) {
            return;
        }
        try (FlushOptions later = new FlushOptions().setWaitForFlush(false)) {
            db.flush(later);
            flushedAt = now;
            unflushed = false;
        } catch (RocksDBException e) {
            throw new ProcessorStateException("the store " + name + " cannot be written", e);
        }
    }

    private void keepOffset(TopicPartition of, Long offset) {
        if (offset != null) {
            byte[] key = offsetKey(of);
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

    private static byte[] offsetKey(TopicPartition of) {
        byte[] text = of.toString().getBytes(UTF_8);
        byte[] key = new byte[1 + text.length];
        key[0] = OFFSET;
        System.arraycopy(text, 0, key, 1, text.length);
        return key;
    }

    private RowScan begunScan() {
        return new RowScan(name, db, FIRST_ROW, scans);
    }

    private void release() {
        List.copyOf(scans).forEach(RowScan::close);
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
            records.forEach(record -> gather(batch, record.key, record.value));
            if (batch.length() >= BATCH_BYTES) {
                write();
            }
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
