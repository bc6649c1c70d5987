package io.exitpool.agent;

import io.exitpool.agent.protocol.Outbox;
import io.exitpool.schemas.AgentEvent;
import io.exitpool.schemas.SessionEvent;
import io.exitpool.schemas.connection.Connection;
import io.exitpool.schemas.topic.Topics;
import io.exitpool.schemas.wire.Wire;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends one server's events, in order and each once. One that cannot be delivered is counted, and
 * the first of a row is a warning; the snapshot that {@link #takeLoss} asks for repairs what it
 * would have said.
 */
final class EventSender implements Outbox, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventSender.class);
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(3);

    private final String server;
    private final TopicPartition partition;
    private final Serializer<SessionEvent> serializer;
    private final Producer<String, byte[]> producer;
    private final AtomicLong undelivered = new AtomicLong();
    private final AtomicBoolean failing = new AtomicBoolean();
    private final AtomicBoolean loss = new AtomicBoolean();

    EventSender(Connection connection, ServerTopics topics, String server, Wire wire) {
        this.server = server;
        this.partition = topics.of(Topics.SESSION_EVENTS);
        this.serializer = wire.serde(Topics.SESSION_EVENTS).serializer();
        Map<String, Object> config = connection.producer();
        // A start waits for nothing, and a sending thread that waits applies no decisions.
        config.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, "0");
        config.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, "5000");
        this.producer =
                new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
    }

    @Override
    public void send(AgentEvent event) {
        byte[] value = serializer.serialize(partition.topic(), new SessionEvent(event));
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(partition.topic(), partition.partition(), server, value);
        try {
            producer.send(record, (metadata, failure) -> delivered(failure));
        } catch (KafkaException e) {
            delivered(e);
        }
    }

    /** How many events did not reach Kafka. */
    long undelivered() {
        return undelivered.get();
    }

    /** Whether events were lost since the last call. */
    boolean takeLoss() {
        return loss.getAndSet(false);
    }

    @Override
    public void close() {
        producer.close(CLOSE_WAIT);
    }

    private void delivered(Exception failure) {
        if (failure == null) {
            failing.set(false);
            return;
        }
        undelivered.incrementAndGet();
        loss.set(true);
        if (failing.compareAndSet(false, true)) {
            LOG.warn(
                    "{}: an event did not reach Kafka ({}); the next snapshot repairs it",
                    server,
                    failure.toString());
        }
    }
}
