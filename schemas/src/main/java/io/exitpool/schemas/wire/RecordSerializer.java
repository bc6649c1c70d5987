package io.exitpool.schemas.wire;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.exitpool.schemas.topic.Topic;
import java.io.IOException;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Writes a topic's values. The schema's id is looked up before the first record and kept; buffer
 * and encoder are kept per thread, because Kafka Streams hands one serializer to all its threads.
 * The only allocation per record is its bytes.
 */
final class RecordSerializer<T extends SpecificRecord> implements Serializer<T> {

    private static final int NOT_LOOKED_UP = -1;

    private final Topic<T> topic;
    private final SchemaRegistryClient client;
    private final RegistryCalls calls;
    private final boolean autoRegister;
    private final SpecificData data;
    private final ThreadLocal<Writing> writing = ThreadLocal.withInitial(Writing::new);
    private volatile int schemaId = NOT_LOOKED_UP;

    RecordSerializer(
            Topic<T> topic,
            SchemaRegistryClient client,
            RegistryCalls calls,
            boolean autoRegister) {
        this.topic = topic;
        this.client = client;
        this.calls = calls;
        this.autoRegister = autoRegister;
        this.data = AvroModels.writing();
    }

    @Override
    public byte[] serialize(String topicName, T value) {
        if (value == null) {
            return null;
        }
        int id = schemaId;
        if (id == NOT_LOOKED_UP) {
            id = lookUp();
            schemaId = id;
        }
        return writing.get().write(id, value);
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

    /** One thread's buffer and encoder. */
    private final class Writing {

        private final RecordBuffer buffer = new RecordBuffer();
        private final BinaryEncoder encoder =
                EncoderFactory.get().directBinaryEncoder(buffer, null);
        private final SpecificDatumWriter<T> writer =
                new SpecificDatumWriter<>(data.getSchema(topic.valueType()), data);

        byte[] write(int id, T value) {
            buffer.begin(id);
            try {
                writer.write(value, encoder);
                encoder.flush();
            } catch (IOException | RuntimeException e) {
                throw new SerializationException(
                        "a " + topic.valueType().getSimpleName() + " is not complete", e);
            }
            return buffer.record();
        }
    }
}
