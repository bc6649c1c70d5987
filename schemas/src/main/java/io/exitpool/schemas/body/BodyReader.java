package io.exitpool.schemas.body;

import java.io.IOException;
import org.apache.avro.io.Decoder;

/** Reads the fields of a value that was written with this program's own schema. For one thread. */
@FunctionalInterface
public interface BodyReader<V> {
    V read(Decoder from) throws IOException;
}
