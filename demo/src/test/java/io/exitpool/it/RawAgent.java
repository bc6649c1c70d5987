package io.exitpool.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.exitpool.schemas.AgentEvent;
import io.exitpool.schemas.EndReason;
import io.exitpool.schemas.PoolConfig;
import io.exitpool.schemas.ServerStarted;
import io.exitpool.schemas.SessionEnded;
import io.exitpool.schemas.SessionEvent;
import io.exitpool.schemas.SessionId;
import io.exitpool.schemas.SessionStarted;
import io.exitpool.schemas.SnapshotEntry;
import io.exitpool.schemas.SnapshotPart;
import io.exitpool.schemas.connection.Connection;
import io.exitpool.schemas.topic.Topics;
import io.exitpool.schemas.wire.Wire;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Speaks for one server without being an agent, so that it can say what no agent would: old things,
 * wrong things, and bytes that are nothing at all. Everything is on the broker when a call returns.
 */
final class RawAgent implements AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String server;
    private final Wire wire;
    private final KafkaProducer<byte[], byte[]> producer;
    private long epoch;
    private long seq;
    private long snapshots;

    RawAgent(Connection connection, String server) {
        this.server = server;
        this.wire = connection.wire();
        this.producer =
                new KafkaProducer<>(
                        connection.producer(),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
        this.epoch = System.currentTimeMillis() * 1000;
    }

    static SessionId newSession() {
        byte[] bits = new byte[16];
        RANDOM.nextBytes(bits);
        return new SessionId(bits);
    }

    /** Goes on in another epoch, with its first event. */
    RawAgent inEpoch(long other) {
        epoch = other;
        seq = 0;
        return this;
    }

    long epoch() {
        return epoch;
    }

    /** The number of the last event that it numbered itself. */
    long seq() {
        return seq;
    }

    /** Begins the epoch: says so, and that nothing lives here. */
    RawAgent begin() {
        say(new ServerStarted());
        snapshot(List.of());
        return this;
    }

    RecordMetadata started(SessionId session) {
        return say(new SessionStarted(session, null, null, 0));
    }

    RecordMetadata ended(SessionId session) {
        return say(new SessionEnded(session, EndReason.SILENT));
    }

    void snapshot(List<SnapshotEntry> entries) {
        snapshots++;
        part(snapshots, 0, 1, entries);
    }

    RecordMetadata part(long snapshot, int part, int parts, List<SnapshotEntry> entries) {
        return say(new SnapshotPart(snapshot, part, parts, entries));
    }

    RecordMetadata say(Object body) {
        seq++;
        return say(seq, body);
    }

    /** Says it under a number of the caller's choice. */
    RecordMetadata say(long number, Object body) {
        long now = System.currentTimeMillis() / 1000;
        return write(bytes(new AgentEvent(epoch, number, now, body)));
    }

    byte[] bytes(Object event) {
        return wire.serde(Topics.SESSION_EVENTS)
                .serializer()
                .serialize(Topics.SESSION_EVENTS.name(), new SessionEvent(event));
    }

    /** A configuration of this server, past the commands that would refuse to write it. */
    ProducerRecord<byte[], byte[]> record(PoolConfig config) {
        String topic = Topics.POOL_CONFIGS.name();
        byte[] value = wire.serde(Topics.POOL_CONFIGS).serializer().serialize(topic, config);
        return new ProducerRecord<>(topic, server.getBytes(UTF_8), value);
    }

    /** A record of this server with these bytes for a value. */
    RecordMetadata write(byte[] value) {
        return write(
                new ProducerRecord<>(Topics.SESSION_EVENTS.name(), server.getBytes(UTF_8), value));
    }

    RecordMetadata write(ProducerRecord<byte[], byte[]> record) {
        Future<RecordMetadata> sent = producer.send(record);
        try {
            return sent.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the broker did not take it", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        producer.close();
        wire.close();
    }
}
