package io.exitpool.connect.it;

import io.exitpool.schemas.connection.Connection;
import io.exitpool.schemas.topic.Topic;
import io.exitpool.schemas.wire.Wire;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes records of one topic as Exitpool does, and bytes that are none. */
public final class Feed<T extends SpecificRecord> implements AutoCloseable {

    private final Topic<T> topic;
    private final Wire wire;
    private final Serializer<T> serializer;
    private final KafkaProducer<String, byte[]> producer;
    private final List<Future<?>> sent = new ArrayList<>();

    Feed(Connection connection, Topic<T> topic) {
        this.topic = topic;
        this.wire = new Wire(connection.registry(), false);
        this.serializer = wire.serde(topic).serializer();
        Map<String, Object> settings = new HashMap<>(connection.admin());
        this.producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    /**
     * @param value null writes a tombstone
     */
    public void send(String key, T value) {
        raw(key, value == null ? null : serializer.serialize(topic.name(), value));
    }

    /** Bytes as they are, whatever they mean. */
    public void raw(String key, byte[] value) {
        sent.add(producer.send(new ProducerRecord<>(topic.name(), key, value)));
    }

    /** Returns once the broker has all that was sent. */
    public void flush() {
        producer.flush();
        try {
            for (Future<?> one : sent) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        sent.clear();
    }

    @Override
    public void close() {
        flush();
        producer.close();
        wire.close();
    }
}
