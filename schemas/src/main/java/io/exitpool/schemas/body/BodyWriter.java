package io.exitpool.schemas.body;

import java.io.IOException;

/** Writes a value's fields as its topic's schema has them. */
@FunctionalInterface
public interface BodyWriter<V> {
    void write(V value, RecordBuffer to) throws IOException;
}
