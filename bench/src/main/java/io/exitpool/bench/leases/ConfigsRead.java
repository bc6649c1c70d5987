package io.exitpool.bench.leases;

import io.exitpool.schemas.connection.Connection;
import io.exitpool.schemas.topic.Topics;
import io.exitpool.streams.config.Part;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Whether the allocation has read every configuration: a start before it would be rejected, because
 * configurations and events are two topics without an order between them.
 */
final class ConfigsRead implements AutoCloseable {
    private final Admin admin;

    ConfigsRead(Connection connection) {
        admin = Admin.create(connection.admin());
    }

    boolean all() {
        try {
            Map<TopicPartition, OffsetAndMetadata> read =
                    admin.listConsumerGroupOffsets(Part.ALLOCATION.applicationId())
                            .partitionsToOffsetAndMetadata()
                            .get();
            return ends().entrySet().stream()
                    .allMatch(end -> reached(read.get(end.getKey()), end.getValue().offset()));
        } catch (ExecutionException e) {
            throw new IllegalStateException("the group's offsets were not told", e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    @Override
    public void close() {
        admin.close();
    }

    private Map<TopicPartition, ListOffsetsResultInfo> ends()
            throws ExecutionException, InterruptedException {
        String topic = Topics.POOL_CONFIGS.name();
        int partitions =
                admin.describeTopics(List.of(topic))
                        .allTopicNames()
                        .get()
                        .get(topic)
                        .partitions()
                        .size();
        return admin.listOffsets(
                        IntStream.range(0, partitions)
                                .mapToObj(partition -> new TopicPartition(topic, partition))
                                .collect(
                                        Collectors.toMap(
                                                partition -> partition,
                                                partition -> OffsetSpec.latest())))
                .all()
                .get();
    }

    private static boolean reached(OffsetAndMetadata read, long end) {
        return end == 0 || read != null && read.offset() >= end;
    }
}
