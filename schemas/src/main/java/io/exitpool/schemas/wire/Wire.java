package io.exitpool.schemas.wire;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.exitpool.schemas.body.BodyReader;
import io.exitpool.schemas.body.BodyWriter;
import io.exitpool.schemas.topic.Topic;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Makes the serdes of the topics' values. Serdes of one wire share its registry client and its view
 * of the registry's health; each may be used by several threads, as Kafka Streams and a producer
 * do. Reading waits for a registry that is down; {@link #close()} ends every such wait, and with it
 * the serdes' use.
 */
public final class Wire implements AutoCloseable {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    /** 292 years. */
    private static final Duration FOR_EVER = Duration.ofNanos(Long.MAX_VALUE);

    private final SchemaRegistryClient client;
    private final boolean autoRegister;
    private final RegistryCalls calls;

    /**
     * A wire that waits until it is closed.
     *
     * @param autoRegister registers a schema that the registry does not have when the first record
     *     is written; for demos and tests. Elsewhere a command registers them.
     */
    public Wire(SchemaRegistryClient client, boolean autoRegister) {
        this(client, autoRegister, FOR_EVER);
    }

    /**
     * A wire that waits so long for one answer, and then throws a {@link RegistryException}: for
     * commands, which should end.
     */
    public Wire(SchemaRegistryClient client, boolean autoRegister, Duration patience) {
        this(client, autoRegister, new RegistryCalls(FIRST_PAUSE, LONGEST_PAUSE, patience));
    }

    Wire(SchemaRegistryClient client, boolean autoRegister, RegistryCalls calls) {
        this.client = Objects.requireNonNull(client, "client");
        this.autoRegister = autoRegister;
        this.calls = calls;
    }

    /** The serde of a topic's values; null is null both ways, a tombstone. */
    public <T extends SpecificRecord> Serde<T> serde(Topic<T> topic) {
        return Serdes.serdeFrom(
                new RecordSerializer<>(
                        topic, client, calls, autoRegister, () -> new GeneratedWriter<>(topic)),
                new RecordDeserializer<>(
                        topic, client, calls, Function.identity(), Optional.empty()));
    }

    /**
     * Writes the same records from values of another kind, without the generated objects between.
     *
     * @param body writes what the topic's schema says, byte for byte
     */
    public <V> Serializer<V> serializer(Topic<?> topic, BodyWriter<V> body) {
        return new RecordSerializer<>(topic, client, calls, autoRegister, () -> body);
    }

    /**
     * Reads a topic's records as values of another kind.
     *
     * @param conversion of a generated object; it throws nothing
     */
    public <T extends SpecificRecord, V> Deserializer<V> deserializer(
            Topic<T> topic, Function<T, V> conversion) {
        return new RecordDeserializer<>(topic, client, calls, conversion, Optional.empty());
    }

    /**
     * The same, where what was written with this program's own schema is read by hand, without the
     * generated objects between.
     *
     * @param direct makes a thread's reader; it and the conversion make the same of the same bytes
     */
    public <T extends SpecificRecord, V> Deserializer<V> deserializer(
            Topic<T> topic, Function<T, V> conversion, Supplier<BodyReader<V>> direct) {
        return new RecordDeserializer<>(topic, client, calls, conversion, Optional.of(direct));
    }

    @Override
    public void close() {
        calls.close();
    }
}
