package io.exitpool.schemas.wire;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.exitpool.schemas.body.BodyWriter;
import io.exitpool.schemas.body.RecordBuffer;
import io.exitpool.schemas.topic.Topic;
import java.io.IOException;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Writes a topic's values. The schema's id is looked up before the first record and kept; buffer
 * and encoder are kept per thread, because Kafka Streams hands one serializer to all its threads.
 * The only allocation per record is its bytes.
 */
final class RecordSerializer<V> implements Serializer<V> {

    private static final int NOT_LOOKED_UP = -1;

    private final Topic<?> topic;
    private final SchemaRegistryClient client;
    private final RegistryCalls calls;
    private final boolean autoRegister;
    private final ThreadLocal<Writing<V>> writing;
    private volatile int schemaId = NOT_LOOKED_UP;

    /**
     * @param body makes a thread's writer of bodies
     */
    RecordSerializer(
            Topic<?> topic,
            SchemaRegistryClient client,
            RegistryCalls calls,
            boolean autoRegister,
            Supplier<BodyWriter<V>> body) {
        this.topic = topic;
        this.client = client;
        this.calls = calls;
        this.autoRegister = autoRegister;
        this.writing = ThreadLocal.withInitial(() -> new Writing<>(body.get()));
    }

    @Override
    public byte[] serialize(String topicName, V value) {
        if (value == null) {
            return null;
        }
        int id = schemaId;
        if (id == NOT_LOOKED_UP) {
            id = lookUp();
            schemaId = id;
        }
        return write(writing.get(), id, value);
    }

    private int lookUp() {
        String subject = topic.subject();
        AvroSchema schema = new AvroSchema(topic.schema());
        try {
            return autoRegister
                    ? calls.untilAnswered(
                            "register " + subject, () -> client.register(subject, schema))
                    : calls.untilAnswered(
                            "look up " + subject, () -> client.getId(subject, schema));
        } catch (RestClientException e) {
            throw notUsable(subject, e);
        }
    }

    private static RegistryException notUsable(String subject, RestClientException e) {
        if (RegistryCalls.isNotFound(e)) {
            return new RegistryException(
                    "The schema registry does not have this program's schema of "
                            + subject
                            + ": register it with ./exitpool schemas register",
                    e);
        }
        return new RegistryException(
                "The schema registry does not take this program's schema of "
                        + subject
                        + " ("
                        + e.getMessage()
                        + "): see ./exitpool schemas check",
                e);
    }

    private byte[] write(Writing<V> with, int id, V value) {
        with.buffer.begin();
        with.buffer.write(WireFormat.MAGIC_BYTE);
        with.buffer.putFixed(id);
        try {
            with.body.write(value, with.buffer);
        } catch (IOException | RuntimeException e) {
            throw new SerializationException(
                    "a " + topic.valueType().getSimpleName() + " is not complete", e);
        }
        return with.buffer.record();
    }

    /** One thread's buffer and writer. */
    private static final class Writing<V> {
        private final RecordBuffer buffer = new RecordBuffer();
        private final BodyWriter<V> body;

        Writing(BodyWriter<V> body) {
            this.body = body;
        }
    }
}
