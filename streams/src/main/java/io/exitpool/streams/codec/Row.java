package io.exitpool.streams.codec;

import io.exitpool.schemas.body.BodyReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Function;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.message.MissingSchemaException;
import org.apache.avro.message.SchemaStore;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** One kind of row. Written with the generated coders, read field by field, as Avro resolves. */
final class Row<T extends SpecificRecord> {
    /** Single-object encoding, version 1. */
    private static final byte[] MARKER = {(byte) 0xc3, 1};

    private final String name;
    private final byte[] header;
    private final BinaryMessageEncoder<T> encoder;
    private final BinaryMessageDecoder<T> decoder;
    private BinaryDecoder fields;

    Row(Class<T> type, SchemaStore kept) {
        SpecificData written = new SpecificData(type.getClassLoader());
        written.setCustomCoders(true);
        SpecificData read = new SpecificData(type.getClassLoader());
        read.setCustomCoders(false);
        name = type.getSimpleName();
        header = header(read.getSchema(type));
        encoder = new BinaryMessageEncoder<>(written, written.getSchema(type));
        decoder = new BinaryMessageDecoder<>(read, read.getSchema(type), kept);
    }

    /** What goes before the fields of each row: Avro's marker and the schema's fingerprint. */
    byte[] header() {
        return header;
    }

    byte[] encode(T record) {
        try {
            return encoder.encode(record).array();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write a " + name, e);
        }
    }

    T decode(byte[] row) {
        return reading(() -> decoder.decode(row, null));
    }

    /**
     * A row as a value of another kind. For one thread.
     *
     * @param direct reads what was written with the schema that this program writes
     * @param conversion of what was written with another
     */
    <V> V decode(byte[] row, BodyReader<V> direct, Function<T, V> conversion) {
        return reading(
                () ->
                        isCurrent(row)
                                ? direct.read(fields(row))
                                : conversion.apply(decoder.decode(row, null)));
    }

    private boolean isCurrent(byte[] row) {
        return row.length >= header.length
                && Arrays.equals(row, 0, header.length, header, 0, header.length);
    }

    private BinaryDecoder fields(byte[] row) {
        fields =
                DecoderFactory.get()
                        .binaryDecoder(row, header.length, row.length - header.length, fields);
        return fields;
    }

    private <V> V reading(Reading<V> reading) {
        try {
            return reading.read();
        } catch (MissingSchemaException e) {
            throw new IllegalStateException(
                    "a "
                            + name
                            + " in the store was written by a version of Exitpool that this one"
                            + " does not know: run that version or a later one",
                    e);
        } catch (IOException | AvroRuntimeException e) {
            throw new IllegalStateException(
                    "a "
                            + name
                            + " in the store cannot be read: remove the state directory and start"
                            + " again, it is restored from Kafka",
                    e);
        }
    }

    private interface Reading<V> {
        V read() throws IOException;
    }

    private static byte[] header(Schema schema) {
        return ByteBuffer.allocate(MARKER.length + Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MARKER)
                .putLong(SchemaNormalization.parsingFingerprint64(schema))
                .array();
    }
}
