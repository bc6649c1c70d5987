package io.exitpool.streams.insight;

import io.exitpool.schemas.topic.Topics;
import io.exitpool.schemas.wire.Wire;
import io.exitpool.streams.codec.Counted;
import io.exitpool.streams.codec.DecisionReader;
import io.exitpool.streams.codec.FactCodec;
import io.exitpool.streams.codec.StatusCodec;
import io.exitpool.streams.input.Source;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;

/**
 * The way of the data through the insight. Decisions and statuses of a server meet in one
 * processor, because a window has one writer and closes on what a status says of the decisions.
 * What a fleet is made of, and what an alert may have to do with a neighbour's, goes on as signals
 * through one partition, so that the fleet has one order too.
 *
 * <p>{@code topology.txt} beside this class is what {@code describe()} says of it.
 */
public final class InsightTopology {
    /** The first stage's store; part of its changelog's name. */
    public static final String STATISTICS = "statistics";

    /** The second stage's. */
    public static final String FLEET = "fleet";

    static final String SIGNALS = "signals";
    static final String TO_FLEET = "pass-to-fleet";
    static final String WRITE_POOL_STATS_1M = "write-pool-stats-1m";
    static final String WRITE_POOL_STATS_1H = "write-pool-stats-1h";
    static final String WRITE_FLEET_STATS_1M = "write-fleet-stats-1m";
    static final String WRITE_FLEET_STATS_1H = "write-fleet-stats-1h";
    static final String WRITE_ALERTS = "write-alerts";
    static final String WRITE_DEAD_LETTERS = "write-dead-letters";

    private InsightTopology() {}

    public static Topology build(StreamsConfig config, InsightParts parts) {
        StreamsBuilder builder = new StreamsBuilder(new TopologyConfig(config));
        KStream<byte[], Counted> decisions = readDecisions(builder, parts.wire());
        KStream<byte[], Counted> statuses = readPoolStatus(builder, parts.wire());
        KStream<byte[], byte[]> ofServers = foldByServer(decisions, statuses, parts);
        write(ofServers, Topics.POOL_STATS_1M.name(), WRITE_POOL_STATS_1M);
        write(ofServers, Topics.POOL_STATS_1H.name(), WRITE_POOL_STATS_1H);
        write(ofServers, Topics.DEAD_LETTERS, WRITE_DEAD_LETTERS);
        KStream<byte[], byte[]> ofFleet = foldByFleet(passToFleet(ofServers), parts);
        write(ofFleet, Topics.FLEET_STATS_1M.name(), WRITE_FLEET_STATS_1M);
        write(ofFleet, Topics.FLEET_STATS_1H.name(), WRITE_FLEET_STATS_1H);
        write(ofFleet, Topics.POOL_ALERTS.name(), WRITE_ALERTS);
        return builder.build();
    }

    private static KStream<byte[], Counted> readDecisions(StreamsBuilder builder, Wire wire) {
        return Source.read(
                builder,
                Topics.DECISIONS,
                wire.deserializer(Topics.DECISIONS, FactCodec::read, DecisionReader::new),
                "read-decisions");
    }

    private static KStream<byte[], Counted> readPoolStatus(StreamsBuilder builder, Wire wire) {
        return Source.read(
                builder,
                Topics.POOL_STATUS,
                wire.deserializer(Topics.POOL_STATUS, StatusCodec::read),
                "read-pool-status");
    }

    private static KStream<byte[], byte[]> foldByServer(
            KStream<byte[], Counted> decisions,
            KStream<byte[], Counted> statuses,
            InsightParts parts) {
        return decisions
                .merge(statuses, Named.as("join-by-server"))
                .process(new ServerFoldSupplier(parts), Named.as("fold-by-server"));
    }

    /** A step of its own, so that the processor can name where a signal goes. */
    private static KStream<byte[], byte[]> passToFleet(KStream<byte[], byte[]> ofServers) {
        return ofServers
                .mapValues(signal -> signal, Named.as(TO_FLEET))
                .repartition(
                        Repartitioned.<byte[], byte[]>as(SIGNALS)
                                .withKeySerde(Serdes.ByteArray())
                                .withValueSerde(Serdes.ByteArray())
                                .withNumberOfPartitions(1));
    }

    private static KStream<byte[], byte[]> foldByFleet(
            KStream<byte[], byte[]> signals, InsightParts parts) {
        return signals.process(new FleetFoldSupplier(parts), Named.as("fold-by-fleet"));
    }

    private static void write(KStream<byte[], byte[]> answers, String topic, String node) {
        answers.to(topic, Produced.with(Serdes.ByteArray(), Serdes.ByteArray()).withName(node));
    }
}
