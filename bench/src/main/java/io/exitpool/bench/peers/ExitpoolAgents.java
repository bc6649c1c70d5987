package io.exitpool.bench.peers;

import io.exitpool.bench.load.FleetShape;
import io.exitpool.schemas.AgentEvent;
import io.exitpool.schemas.EndReason;
import io.exitpool.schemas.ServerStarted;
import io.exitpool.schemas.SessionEnded;
import io.exitpool.schemas.SessionEvent;
import io.exitpool.schemas.SessionId;
import io.exitpool.schemas.SessionStarted;
import io.exitpool.schemas.SnapshotPart;
import io.exitpool.schemas.connection.Connection;
import io.exitpool.schemas.topic.ServerPartition;
import io.exitpool.schemas.topic.Topics;
import io.exitpool.schemas.wire.Wire;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * What all agents of the fleet write, through one producer. A server's events are spoken by one
 * thread at a time, so that their numbers grow in the order in which they are sent.
 */
final class ExitpoolAgents implements AutoCloseable {

    private static final String TOPIC = Topics.SESSION_EVENTS.name();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** At saturation it fills requests; with less to do than that it would only add latency. */
    private static final String LINGER_MILLIS = "5";

    private static final int BATCH_BYTES = 64 * 1024;
    private static final int SESSION_BYTES = 16;

    private final int partitions;
    private final byte[][] keys;
    private final long[] seqs;
    private final long epoch = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    private final Wire wire;
    private final Serializer<SessionEvent> events;
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    ExitpoolAgents(Connection connection, FleetShape shape, int partitions) {
        this.partitions = partitions;
        this.seqs = new long[shape.servers()];
        this.keys = new byte[shape.servers()][];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = shape.pools().get(i).server().getBytes(StandardCharsets.UTF_8);
        }
        wire = connection.wire(PATIENCE);
        events = wire.serde(Topics.SESSION_EVENTS).serializer();
        Map<String, Object> settings = connection.producer();
        settings.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, Integer.toString(BATCH_BYTES));
        producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Each agent begins its life with nothing. */
    void begin() {
        for (int i = 0; i < keys.length; i++) {
            say(i, new ServerStarted());
            say(i, new SnapshotPart(1L, 0, 1, List.of()));
        }
        flush();
    }

    void say(Step step) {
        SessionId session = id(step.session());
        say(
                step.server(),
                step.isStart()
                        ? new SessionStarted(session, null, null, 0)
                        : new SessionEnded(session, EndReason.SILENT));
    }

    private void say(int server, Object body) {
        seqs[server]++;
        SessionEvent event =
                new SessionEvent(
                        new AgentEvent(epoch, seqs[server], Instant.now().getEpochSecond(), body));
        byte[] key = keys[server];
        producer.send(
                new ProducerRecord<>(
                        TOPIC,
                        ServerPartition.of(key, partitions),
                        key,
                        events.serialize(TOPIC, event)),
                (metadata, e) -> {
                    if (e != null) {
                        failure.compareAndSet(null, e);
                    }
                });
    }

    private void flush() {
        producer.flush();
        check();
    }

    /** Throws when an event could not be written. */
    void check() {
        Exception e = failure.get();
        if (e != null) {
            throw new PeerException("the broker did not take an event", e);
        }
    }

    static UUID uuid(SessionId session) {
        ByteBuffer bytes = ByteBuffer.wrap(session.bytes());
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    private static SessionId id(UUID session) {
        return new SessionId(
                ByteBuffer.allocate(SESSION_BYTES)
                        .putLong(session.getMostSignificantBits())
                        .putLong(session.getLeastSignificantBits())
                        .array());
    }

    @Override
    public void close() {
        producer.close(PATIENCE);
        wire.close();
    }
}
