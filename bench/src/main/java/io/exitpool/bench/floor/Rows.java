package io.exitpool.bench.floor;

import io.exitpool.schemas.topic.TopicDefinitions;
import io.exitpool.schemas.topic.Topics;
import io.exitpool.streams.store.Changelog;
import io.exitpool.streams.store.RowStore;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** A floor's store, and the one place that knows which. Each row goes to a changelog as well. */
interface Rows {
    String STORE = "rows";

    /** Exitpool's own store. */
    Kind OWN =
            new Kind() {
                @Override
                public StoreBuilder<?> store() {
                    return Changelog.store(STORE, largestRow());
                }

                @Override
                public Rows of(ProcessorContext<?, ?> context) {
                    RowStore store = context.getStateStore(STORE);
                    return store::put;
                }
            };

    /** Kafka Streams' store in RocksDB, as it comes. */
    Kind STREAMS =
            new Kind() {
                @Override
                public StoreBuilder<?> store() {
                    return Stores.keyValueStoreBuilder(
                                    Stores.persistentKeyValueStore(STORE),
                                    Serdes.Bytes(),
                                    Serdes.ByteArray())
                            .withCachingDisabled()
                            .withLoggingEnabled(Changelog.settings(largestRow()));
                }

                @Override
                public Rows of(ProcessorContext<?, ?> context) {
                    KeyValueStore<Bytes, byte[]> store = context.getStateStore(STORE);
                    return (key, value) -> store.put(Bytes.wrap(key), value);
                }
            };

    /**
     * Writes a row.
     *
     * @param value null deletes
     */
    void put(byte[] key, byte[] value);

    /** A kind of store. */
    interface Kind {
        StoreBuilder<?> store();

        /** The store of a task. */
        Rows of(ProcessorContext<?, ?> context);
    }

    private static int largestRow() {
        return TopicDefinitions.of(Topics.DEAD_LETTERS).maxMessageBytes();
    }
}
