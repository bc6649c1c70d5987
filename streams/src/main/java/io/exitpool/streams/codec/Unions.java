package io.exitpool.streams.codec;

import java.io.IOException;
import java.util.Objects;
import org.apache.avro.io.Decoder;

/** Unions of schemas, as they are read by hand. */
final class Unions {
    private static final int OPTIONAL_KINDS = 2;

    private Unions() {}

    /**
     * Which branch follows.
     *
     * @throws IndexOutOfBoundsException if there are not as many
     */
    static int index(Decoder from, int branches) throws IOException {
        return Objects.checkIndex(from.readIndex(), branches);
    }

    /** Whether something follows, in a union of null, which comes first, and something. */
    static boolean isPresent(Decoder from) throws IOException {
        return index(from, OPTIONAL_KINDS) != 0;
    }
}
