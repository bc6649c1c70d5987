package io.exitpool.streams.allocation;

import io.exitpool.schemas.topic.Topics;
import io.exitpool.schemas.wire.Wire;
import io.exitpool.streams.codec.ConfigCodec;
import io.exitpool.streams.codec.EventCodec;
import io.exitpool.streams.codec.EventReader;
import io.exitpool.streams.codec.Said;
import io.exitpool.streams.input.Source;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;

/**
 * The way of the data through the allocation. Events and configurations are joined before one
 * processor, because a pool has one writer and one order in which it hears things; the answers part
 * again behind it, to the topic that each belongs to. Values leave the processor as bytes: whatever
 * can fail about them has failed before a row was written. Ticks go back to where events come from,
 * so that time is read in line with everything else.
 *
 * <p>{@code topology.txt} beside this class is what {@code describe()} says of it.
 */
public final class AllocationTopology {
    /** The one store; part of the changelog's name. */
    public static final String STORE = "pools";

    static final String WRITE_DECISIONS = "write-decisions";
    static final String WRITE_POOL_STATUS = "write-pool-status";
    static final String WRITE_TICKS = "write-ticks";
    static final String WRITE_DEAD_LETTERS = "write-dead-letters";

    private AllocationTopology() {}

    public static Topology build(StreamsConfig config, AllocationParts parts) {
        StreamsBuilder builder = new StreamsBuilder(new TopologyConfig(config));
        KStream<byte[], Said> events = readSessionEvents(builder, parts.wire());
        KStream<byte[], Said> configs = readPoolConfigs(builder, parts.wire());
        KStream<byte[], byte[]> answers = allocate(events, configs, parts);
        writeDecisions(answers);
        writePoolStatus(answers);
        writeTicks(answers, parts.wire());
        writeDeadLetters(answers);
        return builder.build();
    }

    private static KStream<byte[], Said> readSessionEvents(StreamsBuilder builder, Wire wire) {
        return Source.read(
                builder,
                Topics.SESSION_EVENTS,
                wire.deserializer(Topics.SESSION_EVENTS, EventCodec::read, EventReader::new),
                "read-session-events");
    }

    private static KStream<byte[], Said> readPoolConfigs(StreamsBuilder builder, Wire wire) {
        return Source.read(
                builder,
                Topics.POOL_CONFIGS,
                wire.deserializer(Topics.POOL_CONFIGS, ConfigCodec::read),
                "read-pool-configs");
    }

    private static KStream<byte[], byte[]> allocate(
            KStream<byte[], Said> events, KStream<byte[], Said> configs, AllocationParts parts) {
        return events.merge(configs, Named.as("join-by-server"))
                .process(new AllocateSupplier(parts), Named.as("allocate"));
    }

    private static void writeDecisions(KStream<byte[], byte[]> answers) {
        answers.to(Topics.DECISIONS.name(), bytes().withName(WRITE_DECISIONS));
    }

    private static void writePoolStatus(KStream<byte[], byte[]> answers) {
        answers.to(Topics.POOL_STATUS.name(), bytes().withName(WRITE_POOL_STATUS));
    }

    private static void writeTicks(KStream<byte[], byte[]> answers, Wire wire) {
        answers.to(
                Topics.SESSION_EVENTS.name(),
                bytes().withName(WRITE_TICKS).withStreamPartitioner(new TickPartitioner(wire)));
    }

    private static void writeDeadLetters(KStream<byte[], byte[]> answers) {
        answers.to(Topics.DEAD_LETTERS, bytes().withName(WRITE_DEAD_LETTERS));
    }

    private static Produced<byte[], byte[]> bytes() {
        return Produced.with(Serdes.ByteArray(), Serdes.ByteArray());
    }
}
