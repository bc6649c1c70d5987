package io.exitpool.streams.store;

import java.util.Arrays;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * Rows on their way to RocksDB, gathered in the form in which RocksDB takes a batch, so that a
 * thousand rows cross into native code in one call. The form is that of {@code write_batch.cc}: 8
 * bytes of sequence number, 4 of count, little-endian, and of each row a tag and key and value with
 * their lengths as base-128 numbers.
 */
final class WriteBatchBuffer {
    private static final int HEADER_BYTES = 12;
    private static final int COUNT_AT = 8;
    private static final int INITIAL_BYTES = 4 << 10;
    private static final int KEPT_BYTES = 256 << 10;
    private static final int LONGEST_LENGTH = 5;
    private static final byte DELETION = 0;
    private static final byte VALUE = 1;

    private byte[] bytes = new byte[INITIAL_BYTES];
    private int length = HEADER_BYTES;
    private int count;

    boolean isEmpty() {
        return count == 0;
    }

    /** What has been gathered, in bytes. */
    int length() {
        return length;
    }

    void put(byte[] key, byte[] value) {
        makeRoom(1 + 2 * LONGEST_LENGTH + key.length + value.length);
        bytes[length++] = VALUE;
        append(key);
        append(value);
        count++;
    }

    void delete(byte[] key) {
        makeRoom(1 + LONGEST_LENGTH + key.length);
        bytes[length++] = DELETION;
        append(key);
        count++;
    }

    /** Takes all of another batch behind its own, and leaves it empty. */
    void take(WriteBatchBuffer other) {
        int more = other.length - HEADER_BYTES;
        makeRoom(more);
        System.arraycopy(other.bytes, HEADER_BYTES, bytes, length, more);
        length += more;
        count += other.count;
        other.clear();
    }

    /** Hands everything over in one call; after it there is nothing. */
    void writeTo(RocksDB db, WriteOptions options) throws RocksDBException {
        try (WriteBatch batch = new WriteBatch(serialized())) {
            db.write(options, batch);
        }
        clear();
    }

    /** As {@link WriteBatch#data()} has it. */
    byte[] serialized() {
        byte[] batch = Arrays.copyOf(bytes, length);
        for (int i = 0; i < Integer.BYTES; i++) {
            batch[COUNT_AT + i] = (byte) (count >>> 8 * i);
        }
        return batch;
    }

    void clear() {
        if (bytes.length > KEPT_BYTES) {
            bytes = new byte[INITIAL_BYTES];
        }
        length = HEADER_BYTES;
        count = 0;
    }

    private void append(byte[] part) {
        int left = part.length;
        while (left >= 0x80) {
            bytes[length++] = (byte) (left | 0x80);
            left >>>= 7;
        }
        bytes[length++] = (byte) left;
        System.arraycopy(part, 0, bytes, length, part.length);
        length += part.length;
    }

    private void makeRoom(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(length, more)));
        }
    }
}
