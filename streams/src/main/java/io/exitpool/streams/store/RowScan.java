package io.exitpool.streams.store;

import java.util.Arrays;
import java.util.Collection;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * A task's rows as they were when the scan began, to be read in pieces; what is written meanwhile
 * is not seen. It holds memory and files until it is closed, which closing its store does at the
 * latest.
 */
public final class RowScan implements AutoCloseable {
    private final String store;
    private final byte[] firstRow;
    private final Collection<RowScan> open;
    private final ReadOptions reading = new ReadOptions().setFillCache(false);
    private final RocksIterator rows;

    /**
     * @param open the store's scans; this one is among them until it is closed
     */
    RowScan(String store, RocksDB db, byte[] firstRow, Collection<RowScan> open) {
        this.store = store;
        this.firstRow = firstRow;
        this.open = open;
        rows = db.newIterator(reading);
        open.add(this);
    }

    /** All rows, in the order of their keys' bytes. */
    public void forEach(BiConsumer<byte[], byte[]> row) {
        for (rows.seek(firstRow); rows.isValid(); rows.next()) {
            row.accept(rows.key(), rows.value());
        }
        requireRead();
    }

    /** The rows from a key on and below another, in the order of their keys' bytes. */
    public void forEach(byte[] from, byte[] below, BiConsumer<byte[], byte[]> row) {
        for (rows.seek(from); rows.isValid(); rows.next()) {
            byte[] key = rows.key();
            if (Arrays.compareUnsigned(key, below) >= 0) {
                break;
            }
            row.accept(key, rows.value());
        }
        requireRead();
    }

    /**
     * Some of the keys, in the order of their bytes.
     *
     * @param next is told a key, and says where the one after it is looked for
     */
    public void skim(UnaryOperator<byte[]> next) {
        rows.seek(firstRow);
        while (rows.isValid()) {
            rows.seek(next.apply(rows.key()));
        }
        requireRead();
    }

    /** May be called more than once. */
    @Override
    public void close() {
        rows.close();
        reading.close();
        open.remove(this);
    }

    private void requireRead() {
        try {
            rows.status();
        } catch (RocksDBException e) {
            throw new ProcessorStateException("the store " + store + " cannot be read", e);
        }
    }
}
