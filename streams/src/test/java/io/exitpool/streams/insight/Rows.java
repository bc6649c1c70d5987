package io.exitpool.streams.insight;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.exitpool.streams.store.RowStore;
import java.util.Map;
import java.util.TreeMap;

/** All rows of a store, with their keys a character a byte. */
final class Rows {
    private Rows() {}

    static Map<String, byte[]> of(RowStore store) {
        Map<String, byte[]> rows = new TreeMap<>();
        store.forEach((key, row) -> rows.put(new String(key, ISO_8859_1), row));
        return rows;
    }
}
