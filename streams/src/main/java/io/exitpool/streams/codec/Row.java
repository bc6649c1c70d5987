package io.exitpool.streams.codec;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.message.MissingSchemaException;
import org.apache.avro.message.SchemaStore;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** One kind of row. Written with the generated coders, read field by field, as Avro resolves. */
final class Row<T extends SpecificRecord> {
    private final String name;
    private final BinaryMessageEncoder<T> encoder;
    private final BinaryMessageDecoder<T> decoder;

    Row(Class<T> type, SchemaStore kept) {
        SpecificData written = new SpecificData(type.getClassLoader());
        written.setCustomCoders(true);
        SpecificData read = new SpecificData(type.getClassLoader());
        read.setCustomCoders(false);
        name = type.getSimpleName();
        encoder = new BinaryMessageEncoder<>(written, written.getSchema(type));
        decoder = new BinaryMessageDecoder<>(read, read.getSchema(type), kept);
    }

    byte[] encode(T record) {
        try {
            return encoder.encode(record).array();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write a " + name, e);
        }
    }

    T decode(byte[] row) {
        try {
            return decoder.decode(row, null);
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
}
