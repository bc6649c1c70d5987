package io.exitpool.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.exitpool.schemas.SessionEvent;
import io.exitpool.schemas.Tick;
import io.exitpool.schemas.connection.Connection;
import io.exitpool.schemas.topic.Topics;
import io.exitpool.schemas.wire.Wire;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Writes events as agents do, with a header that tells floors the kind without decoding. Not for
 * several threads, because the order of a server's events counts.
 */
public final class EventWriter implements AutoCloseable {
    /** The header; its value is the code of {@link Event.Kind}, one byte. */
    public static final String KIND = "k";

    private final String topic;
    private final Wire wire;
    private final Serializer<SessionEvent> values;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Map<Event.Kind, List<Header>> headers = new EnumMap<>(Event.Kind.class);
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    /**
     * @param producerSettings beside the connection's, such as {@code linger.ms}
     */
    public EventWriter(Connection connection, Map<String, Object> producerSettings) {
        this(connection, Topics.SESSION_EVENTS.name(), producerSettings);
    }

    /** Writes to another topic than Exitpool's, for a floor that is alone there. */
    public EventWriter(Connection connection, String topic, Map<String, Object> producerSettings) {
        this.topic = topic;
        Map<String, Object> settings = connection.producer();
        settings.putAll(producerSettings);
        wire = connection.wire();
        values = wire.serde(Topics.SESSION_EVENTS).serializer();
        producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        for (Event.Kind kind : Event.Kind.values()) {
            headers.put(kind, List.of(new RecordHeader(KIND, new byte[] {kind.code()})));
        }
    }

    /** The record of an event. */
    public ProducerRecord<byte[], byte[]> record(Event event) {
        return new ProducerRecord<>(
                topic,
                null,
                event.name().getBytes(UTF_8),
                values.serialize(topic, event.value()),
                headers.get(event.kind()));
    }

    /** Sends an event; {@link #flush} tells of failure. */
    public void send(Event event) {
        producer.send(record(event), this::note);
    }

    /** Sends an event. */
    public void send(Event event, Callback written) {
        producer.send(record(event), written);
    }

    /** Sends a Tick, as the allocation does, so that pools' time passes. */
    public void tick(int partition) {
        byte[] value = values.serialize(topic, new SessionEvent(new Tick(partition)));
        producer.send(new ProducerRecord<>(topic, partition, null, value), this::note);
    }

    /**
     * Waits until all is written.
     *
     * @throws KafkaException if something was not
     */
    public void flush() {
        producer.flush();
        if (failure.get() != null) {
            throw new KafkaException("an event was not written", failure.get());
        }
    }

    @Override
    public void close() {
        producer.close();
        wire.close();
    }

    private void note(RecordMetadata written, Exception e) {
        if (e != null) {
            failure.compareAndSet(null, e);
        }
    }
}
