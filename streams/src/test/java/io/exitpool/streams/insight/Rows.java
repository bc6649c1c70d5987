package io.exitpool.streams.insight;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** All rows of a store, with their keys a character a byte. */
final class Rows {
    private Rows() {}

    static Map<String, byte[]> of(KeyValueStore<Bytes, byte[]> store) {
        Map<String, byte[]> rows = new TreeMap<>();
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            all.forEachRemaining(row -> rows.put(new String(row.key.get(), ISO_8859_1), row.value));
        }
        return rows;
    }
}
