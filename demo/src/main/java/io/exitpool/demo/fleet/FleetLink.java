package io.exitpool.demo.fleet;

import io.exitpool.schemas.AgentEvent;
import io.exitpool.schemas.SessionEvent;
import io.exitpool.schemas.connection.Connection;
import io.exitpool.schemas.connection.TopicReader;
import io.exitpool.schemas.connection.TopicReader.Entry;
import io.exitpool.schemas.topic.Topics;
import io.exitpool.schemas.wire.Wire;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole fleet's way to Kafka: one producer for all agents' events, one reader of committed
 * decisions and statuses. Used by the fleet's one thread.
 */
final class FleetLink implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FleetLink.class);

    private final Wire wire;
    private final Producer<String, SessionEvent> producer;
    private final TopicReader reader;
    private final Queue<String> undelivered = new ConcurrentLinkedQueue<>();
    private long events;

    /** Connects; decisions from now on are read. */
    FleetLink(Connection connection) {
        wire = connection.wire();
        Map<String, Object> config = new HashMap<>(connection.producer());
        config.put(ProducerConfig.LINGER_MS_CONFIG, "0");
        producer =
                new KafkaProducer<>(
                        config,
                        new StringSerializer(),
                        wire.serde(Topics.SESSION_EVENTS).serializer());
        reader =
                TopicReader.open(
                        connection,
                        List.of(Topics.DECISIONS, Topics.POOL_STATUS),
                        TopicReader.Start.END);
    }

    void send(String server, AgentEvent event) {
        events++;
        producer.send(
                new ProducerRecord<>(Topics.SESSION_EVENTS.name(), server, new SessionEvent(event)),
                (metadata, failure) -> {
                    if (failure != null) {
                        LOG.warn("an event of {} was not delivered", server, failure);
                        undelivered.add(server);
                    }
                });
    }

    /** What has been decided and published, waiting for it no longer than this. */
    List<Entry<?>> poll(Duration atMost) {
        return reader.poll(atMost);
    }

    /** A server of which an event was not delivered since the last call; null if there is none. */
    String nextUndelivered() {
        return undelivered.poll();
    }

    /** How many events were sent. */
    long events() {
        return events;
    }

    void flush() {
        producer.flush();
    }

    @Override
    public void close() {
        reader.close();
        producer.close(Duration.ofSeconds(1));
        wire.close();
    }
}
