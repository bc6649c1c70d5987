package io.exitpool.bench.peers;

import io.exitpool.bench.leases.Patience;
import io.exitpool.bench.load.Configs;
import io.exitpool.bench.load.Configs.PoolRules;
import io.exitpool.bench.load.FleetShape;
import io.exitpool.schemas.Placement;
import io.exitpool.schemas.connection.Connection;
import io.exitpool.schemas.topic.Topics;
import io.exitpool.streams.config.Part;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/** The pools' configurations, and when they are in force. */
final class ExitpoolConfigs {

    private static final Duration READ_WITHIN = Duration.ofSeconds(60);

    private ExitpoolConfigs() {}

    /** Writes them and waits until the allocation has read them: a start before it is refused. */
    static void apply(Connection connection, FleetShape shape, Duration rest) {
        Configs.write(connection, shape, new PoolRules(rest, rest, Placement.UNIFORM_RANDOM));
        try (Admin admin = Admin.create(connection.admin())) {
            Patience.await("every configuration read", READ_WITHIN, () -> areRead(admin));
        }
    }

    private static boolean areRead(Admin admin) {
        try {
            return areReadNow(admin);
        } catch (ExecutionException e) {
            throw new PeerException("the broker does not tell offsets", e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private static boolean areReadNow(Admin admin) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> read =
                admin.listConsumerGroupOffsets(Part.ALLOCATION.applicationId())
                        .partitionsToOffsetAndMetadata()
                        .get();
        return ends(admin).entrySet().stream()
                .allMatch(
                        end ->
                                end.getValue().offset() == 0
                                        || read.get(end.getKey()) != null
                                                && read.get(end.getKey()).offset()
                                                        >= end.getValue().offset());
    }

    private static Map<TopicPartition, ListOffsetsResultInfo> ends(Admin admin)
            throws ExecutionException, InterruptedException {
        String topic = Topics.POOL_CONFIGS.name();
        Map<TopicPartition, OffsetSpec> latest =
                admin
                        .describeTopics(List.of(topic))
                        .allTopicNames()
                        .get()
                        .get(topic)
                        .partitions()
                        .stream()
                        .collect(
                                Collectors.toMap(
                                        info -> new TopicPartition(topic, info.partition()),
                                        info -> OffsetSpec.latest()));
        return admin.listOffsets(latest).all().get();
    }
}
