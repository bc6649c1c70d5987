package io.exitpool.bench.core;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.exitpool.core.event.SessionId;
import io.exitpool.core.pool.LeaseRow;
import io.exitpool.core.pool.SlotRow;
import io.exitpool.demo.registry.LocalRegistry;
import io.exitpool.schemas.Decision;
import io.exitpool.schemas.SessionEvent;
import io.exitpool.schemas.connection.Connection;
import io.exitpool.schemas.topic.Topics;
import io.exitpool.schemas.wire.Wire;
import io.exitpool.streams.codec.Counted;
import io.exitpool.streams.codec.DecisionCodec;
import io.exitpool.streams.codec.DecisionReader;
import io.exitpool.streams.codec.DecisionWriter;
import io.exitpool.streams.codec.EventCodec;
import io.exitpool.streams.codec.EventReader;
import io.exitpool.streams.codec.FactCodec;
import io.exitpool.streams.codec.KeptSchemas;
import io.exitpool.streams.codec.RowCodec;
import io.exitpool.streams.codec.RowKey;
import io.exitpool.streams.codec.Said;
import io.exitpool.streams.codec.Told;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Between bytes and the pools' own objects: each way as the product goes it, and those of events
 * and decisions also through the classes that Avro generates, which the product needs for other
 * versions of a schema.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class CodecBenchmark {
    private static final String TOPIC = "any";

    private final CodecSamples samples = new CodecSamples();
    private final RowCodec rows = new RowCodec(new KeptSchemas());
    private final byte[] server = "fi-hel-01".getBytes(UTF_8);
    private final SessionId session = new SessionId(1, 2);

    private LocalRegistry registry;
    private Wire wire;
    private Deserializer<Said> direct;
    private Deserializer<SessionEvent> generated;
    private Serializer<Told> directDecisions;
    private Serializer<Decision> generatedDecisions;
    private Deserializer<Counted> directFacts;
    private Deserializer<Decision> generatedFacts;
    private byte[] start;
    private byte[] end;
    private byte[] snapshot;
    private byte[] granted;
    private byte[] leaseRow;
    private byte[] slotRow;

    @Setup(Level.Trial)
    public void prepare() {
        registry = LocalRegistry.start(0);
        wire =
                Connection.of(
                                Map.of(
                                        Connection.REGISTRY_URL,
                                        registry.url(),
                                        Connection.AUTO_REGISTER,
                                        "true"))
                        .wire();
        direct = wire.deserializer(Topics.SESSION_EVENTS, EventCodec::read, EventReader::new);
        generated = wire.serde(Topics.SESSION_EVENTS).deserializer();
        directDecisions = wire.serializer(Topics.DECISIONS, new DecisionWriter());
        generatedDecisions = wire.serde(Topics.DECISIONS).serializer();
        Serializer<SessionEvent> events = wire.serde(Topics.SESSION_EVENTS).serializer();
        start = events.serialize(TOPIC, samples.start());
        end = events.serialize(TOPIC, samples.end());
        snapshot = events.serialize(TOPIC, samples.snapshot());
        directFacts = wire.deserializer(Topics.DECISIONS, FactCodec::read, DecisionReader::new);
        generatedFacts = wire.serde(Topics.DECISIONS).deserializer();
        granted = writeGranted();
        leaseRow = writeLease();
        slotRow = writeSlot();
    }

    @TearDown(Level.Trial)
    public void close() {
        wire.close();
        registry.close();
    }

    @Benchmark
    public Said readStart() {
        return direct.deserialize(TOPIC, start);
    }

    @Benchmark
    public Said readStartGenerated() {
        return EventCodec.read(generated.deserialize(TOPIC, start));
    }

    @Benchmark
    public Said readEnd() {
        return direct.deserialize(TOPIC, end);
    }

    @Benchmark
    public Said readEndGenerated() {
        return EventCodec.read(generated.deserialize(TOPIC, end));
    }

    /** Of {@value CodecSamples#SNAPSHOT_SESSIONS} sessions. */
    @Benchmark
    public Said readSnapshot() {
        return direct.deserialize(TOPIC, snapshot);
    }

    @Benchmark
    public Said readSnapshotGenerated() {
        return EventCodec.read(generated.deserialize(TOPIC, snapshot));
    }

    @Benchmark
    public byte[] writeGranted() {
        return directDecisions.serialize(TOPIC, new Told(samples.granted(), samples.lag()));
    }

    @Benchmark
    public byte[] writeGrantedGenerated() {
        return generatedDecisions.serialize(
                TOPIC, DecisionCodec.encode(samples.granted(), samples.lag()));
    }

    @Benchmark
    public byte[] writeReleased() {
        return directDecisions.serialize(TOPIC, new Told(samples.released(), samples.lag()));
    }

    @Benchmark
    public byte[] writeReleasedGenerated() {
        return generatedDecisions.serialize(
                TOPIC, DecisionCodec.encode(samples.released(), samples.lag()));
    }

    /** As statistics read it. */
    @Benchmark
    public Counted readGranted() {
        return directFacts.deserialize(TOPIC, granted);
    }

    @Benchmark
    public Counted readGrantedGenerated() {
        return FactCodec.read(generatedFacts.deserialize(TOPIC, granted));
    }

    @Benchmark
    public byte[] writeLease() {
        return rows.lease(7, PoolServer.BEGIN, 1_234_567, PoolServer.BEGIN / 1_000, 1L << 50);
    }

    @Benchmark
    public byte[] writeSlot() {
        return rows.slot(PoolServer.BEGIN, true, PoolServer.BEGIN, 1_234_567, 1L << 50);
    }

    @Benchmark
    public LeaseRow readLease() {
        return rows.lease(leaseRow);
    }

    @Benchmark
    public SlotRow readSlot() {
        return rows.slot(slotRow);
    }

    @Benchmark
    public byte[] leaseKey() {
        return RowKey.lease(server, session);
    }

    @Benchmark
    public byte[] slotKey() {
        return RowKey.slot(server, 7);
    }
}
