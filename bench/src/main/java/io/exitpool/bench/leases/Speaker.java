package io.exitpool.bench.leases;

import io.exitpool.schemas.SessionEvent;
import io.exitpool.schemas.connection.Connection;
import io.exitpool.schemas.topic.Topics;
import io.exitpool.schemas.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Writes what agents write, through the project's own wire. Any thread may speak for any server; a
 * server's events keep their order. A write that fails is told by the next call.
 */
public final class Speaker implements AutoCloseable {
    private static final String TOPIC = Topics.SESSION_EVENTS.name();
    private static final int BATCH_BYTES = 1 << 16;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Wire wire;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Serializer<SessionEvent> events;
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    /**
     * @param linger how long a record may wait for others, to be sent with them
     */
    public Speaker(Connection connection, Duration linger) {
        Map<String, Object> settings = connection.producer();
        settings.put(ProducerConfig.LINGER_MS_CONFIG, linger.toMillis());
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        wire = connection.wire(PATIENCE);
        events = wire.serde(Topics.SESSION_EVENTS).serializer();
        producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** The server's next event. */
    public void say(Voice voice, Object body) {
        synchronized (voice) {
            SessionEvent event = voice.say(body, Instant.now());
            send(voice, events.serialize(TOPIC, event));
        }
    }

    /** Waits until everything that was said is on the broker. */
    public void flush() {
        producer.flush();
        throwFailure();
    }

    @Override
    public void close() {
        producer.close(PATIENCE);
        wire.close();
    }

    private void send(Voice voice, byte[] value) {
        throwFailure();
        producer.send(
                new ProducerRecord<>(TOPIC, voice.partition(), voice.key(), value),
                (metadata, e) -> {
                    if (e != null) {
                        failure.compareAndSet(null, e);
                    }
                });
    }

    private void throwFailure() {
        Exception e = failure.get();
        if (e != null) {
            throw new IllegalStateException("the broker did not take an event", e);
        }
    }
}
