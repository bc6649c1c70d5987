package io.exitpool.streams.store;

import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * A task's rows, as processors see them: written while the task runs, scanned when it starts or
 * when one is first needed. Each row goes to the changelog, within the transaction, and to RocksDB
 * in its turn; see {@link RocksRows}.
 */
public final class RowStore implements StateStore {
    private final RocksRows rows;
    private final KeyValueStore<Bytes, byte[]> logged;

    /**
     * @param changelog how the changelog is created, if there is one
     */
    RowStore(String name, Optional<Map<String, String>> changelog) {
        rows = new RocksRows(name);
        StoreBuilder<KeyValueStore<Bytes, byte[]>> builder =
                Stores.keyValueStoreBuilder(new Supplier(), Serdes.Bytes(), Serdes.ByteArray())
                        .withCachingDisabled();
        logged =
                changelog
                        .map(builder::withLoggingEnabled)
                        .orElseGet(builder::withLoggingDisabled)
                        .build();
    }

    /**
     * A row.
     *
     * @param key its first byte is not 0
     * @param value null is its tombstone
     */
    public void put(byte[] key, byte[] value) {
        logged.put(Bytes.wrap(key), value);
    }

    /** All rows, in the order of their keys' bytes. */
    public void forEach(BiConsumer<byte[], byte[]> row) {
        try (RowScan scan = scan()) {
            scan.forEach(row);
        }
    }

    /** The rows from a key on and below another, in the order of their keys' bytes. */
    public void forEach(byte[] from, byte[] below, BiConsumer<byte[], byte[]> row) {
        try (RowScan scan = scan()) {
            scan.forEach(from, below, row);
        }
    }

    /** The rows as they are now, to be read in pieces. */
    public RowScan scan() {
        return rows.scan();
    }

    /**
     * Hands RocksDB what was written since the last time. It is done by itself when enough has
     * gathered; to be called now and then, so that the tombstone of the last lease of the evening
     * does not wait until the morning.
     */
    public void handOver() {
        rows.handOver();
    }

    @Override
    public String name() {
        return logged.name();
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        logged.init(context, root);
    }

    @Override
    public void commit(Map<TopicPartition, Long> offsets) {
        logged.commit(offsets);
    }

    @Override
    public Long committedOffset(TopicPartition changelog) {
        return logged.committedOffset(changelog);
    }

    @Override
    @SuppressWarnings("deprecation")
    public boolean managesOffsets() {
        return true;
    }

    @Override
    public void close() {
        logged.close();
    }

    @Override
    public boolean persistent() {
        return true;
    }

    @Override
    public boolean isOpen() {
        return logged.isOpen();
    }

    @Override
    public Position getPosition() {
        return logged.getPosition();
    }

    /** Hands Kafka Streams the rows to wrap. */
    private final class Supplier implements KeyValueBytesStoreSupplier {
        @Override
        public String name() {
            return rows.name();
        }

        @Override
        public KeyValueStore<Bytes, byte[]> get() {
            return rows;
        }

        @Override
        public String metricsScope() {
            return "rows";
        }
    }
}
