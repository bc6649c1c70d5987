package io.exitpool.schemas.wire;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.exitpool.schemas.body.BodyReader;
import io.exitpool.schemas.topic.Topic;
import io.exitpool.schemas.wire.UndecodableException.Reason;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.avro.AvroTypeException;
import org.apache.avro.Schema;
import org.apache.avro.io.DatumReader;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads a topic's values, whatever schema they were written with. A writer's schema is resolved
 * record by record: of a newer writer, what we can read is read, and only a record that uses a
 * variant we do not know is undecodable. What was written with our own schema may be read by hand,
 * without the generated objects between. Schemas are kept for good, decoder and readers per thread.
 */
final class RecordDeserializer<T extends SpecificRecord, V> implements Deserializer<V> {

    private final Topic<T> topic;
    private final SchemaRegistryClient client;
    private final RegistryCalls calls;
    private final Schema classSchema;
    private final Function<T, V> conversion;
    private final Optional<Supplier<BodyReader<V>>> direct;
    private final Map<Integer, Schema> writers = new ConcurrentHashMap<>();
    private final ThreadLocal<Reading> reading = ThreadLocal.withInitial(Reading::new);

    /**
     * @param conversion of what was read into a generated object; it throws nothing
     * @param direct makes a thread's reader of what was written with our own schema, if there is
     *     one
     */
    RecordDeserializer(
            Topic<T> topic,
            SchemaRegistryClient client,
            RegistryCalls calls,
            Function<T, V> conversion,
            Optional<Supplier<BodyReader<V>>> direct) {
        this.topic = topic;
        this.client = client;
        this.calls = calls;
        this.conversion = conversion;
        this.direct = direct;
        this.classSchema = AvroModels.reading().getSchema(topic.valueType());
    }

    @Override
    public V deserialize(String topicName, byte[] data) {
        return data == null ? null : decode(data, 0, data.length);
    }

    /** Reads from the consumer's fetched bytes where they are. */
    @Override
    public V deserialize(String topicName, Headers headers, ByteBuffer data) {
        if (data == null) {
            return null;
        }
        if (data.hasArray()) {
            return decode(data.array(), data.arrayOffset() + data.position(), data.remaining());
        }
        byte[] copy = new byte[data.remaining()];
        data.duplicate().get(copy);
        return decode(copy, 0, copy.length);
    }

    private V decode(byte[] bytes, int offset, int length) {
        if (length < WireFormat.HEADER_BYTES) {
            throw undecodable(Reason.TOO_SHORT, length + " bytes", null);
        }
        if (bytes[offset] != WireFormat.MAGIC_BYTE) {
            throw undecodable(Reason.WRONG_MAGIC_BYTE, "magic byte " + bytes[offset], null);
        }
        int id = WireFormat.schemaId(bytes, offset);
        int body = WireFormat.HEADER_BYTES;
        return reading.get().read(id, bytes, offset + body, length - body);
    }

    /** The schema of an id, asked for once. An id that is unknown today may be known tomorrow. */
    private Schema writer(int id) {
        Schema known = writers.get(id);
        if (known != null) {
            return known;
        }
        Schema asked = askForWriter(id);
        writers.put(id, asked);
        return asked;
    }

    private Schema askForWriter(int id) {
        ParsedSchema answer;
        try {
            answer = calls.untilAnswered("give schema " + id, () -> schemaOf(id));
        } catch (RestClientException e) {
            if (RegistryCalls.isNotFound(e)) {
                throw undecodable(Reason.UNKNOWN_SCHEMA, "schema id " + id, e);
            }
            throw new RegistryException(
                    "The schema registry does not give schema "
                            + id
                            + " ("
                            + e.getMessage()
                            + "): check that schema.registry.url is the address of a registry",
                    e);
        }
        if (!(answer instanceof AvroSchema avro)) {
            throw undecodable(
                    Reason.INCOMPATIBLE_SCHEMA,
                    "schema " + id + " is " + answer.schemaType(),
                    null);
        }
        return avro.rawSchema();
    }

    private ParsedSchema schemaOf(int id) throws IOException, RestClientException {
        try {
            return client.getSchemaById(id);
        } catch (IOException e) {
            // What the client says of a schema that it has, but cannot parse or is not Avro. It is
            // the registry's answer, not an outage, though it comes as an IOException.
            if (e.getClass() == IOException.class
                    && e.getMessage() != null
                    && e.getMessage().startsWith("Invalid schema")) {
                throw undecodable(
                        Reason.INCOMPATIBLE_SCHEMA, "schema " + id + " is no Avro schema", e);
            }
            throw e;
        }
    }

    private UndecodableException undecodable(Reason reason, String detail, Throwable cause) {
        return new UndecodableException(
                reason,
                "no " + topic.valueType().getSimpleName() + ": " + reason + ", " + detail,
                cause);
    }

    /** One thread's decoder and its readers, the last one at hand. */
    private final class Reading {

        private final BoundedDecoder decoder = new BoundedDecoder();
        private final Map<Integer, BodyReader<V>> readers = new HashMap<>();
        private BodyReader<V> lastReader;
        private int lastId;

        V read(int id, byte[] bytes, int offset, int length) {
            BodyReader<V> reader = reader(id);
            decoder.begin(bytes, offset, length);
            V value;
            int left;
            try {
                value = reader.read(decoder);
            } catch (EOFException e) {
                throw undecodable(Reason.TRUNCATED, e.getMessage(), e);
            } catch (AvroTypeException e) {
                throw undecodable(Reason.INCOMPATIBLE_SCHEMA, e.getMessage(), e);
            } catch (IOException | RuntimeException e) {
                throw undecodable(Reason.MALFORMED, e.toString(), e);
            } finally {
                left = decoder.finish();
            }
            if (left > 0) {
                throw undecodable(Reason.TRAILING_BYTES, left + " bytes left", null);
            }
            return value;
        }

        private BodyReader<V> reader(int id) {
            if (lastReader == null || lastId != id) {
                BodyReader<V> reader = readers.get(id);
                if (reader == null) {
                    reader = newReader(id);
                    readers.put(id, reader);
                }
                lastReader = reader;
                lastId = id;
            }
            return lastReader;
        }

        private BodyReader<V> newReader(int id) {
            Schema writer = writer(id);
            // Avro itself does not compare the names of the outermost records.
            if (!writer.getFullName().equals(classSchema.getFullName())) {
                throw undecodable(
                        Reason.INCOMPATIBLE_SCHEMA,
                        "schema " + id + " is a " + writer.getFullName(),
                        null);
            }
            if (direct.isPresent() && writer.equals(classSchema)) {
                return direct.get().get();
            }
            DatumReader<T> resolving =
                    new SpecificDatumReader<>(writer, classSchema, AvroModels.reading());
            return from -> conversion.apply(resolving.read(null, from));
        }
    }
}
