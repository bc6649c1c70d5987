package io.exitpool.bench.stack;

import io.exitpool.bench.leases.Patience;
import io.exitpool.schemas.connection.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/** How far a group is behind a topic's end. */
public final class GroupLag {
    private final Admin admin;
    private final String group;
    private final String topic;

    private GroupLag(Admin admin, String group, String topic) {
        this.admin = admin;
        this.group = group;
        this.topic = topic;
    }

    /**
     * Waits until the group has fewer records of the topic to read; transactions' ends count as
     * records.
     *
     * @throws IllegalStateException if that takes longer
     */
    public static void awaitBelow(
            long records, Connection connection, String group, String topic, Duration atMost) {
        try (Admin admin = Admin.create(connection.admin())) {
            GroupLag lag = new GroupLag(admin, group, topic);
            Patience.await(
                    "%s reads %s".formatted(group, topic), atMost, () -> lag.records() < records);
        }
    }

    /** What no group has read yet counts from its beginning. */
    private long records() {
        try {
            Map<TopicPartition, OffsetAndMetadata> read =
                    admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
            return ends().entrySet().stream()
                    .mapToLong(end -> end.getValue() - offset(read.get(end.getKey())))
                    .sum();
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "it is not known how far %s has read %s".formatted(group, topic), e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private Map<TopicPartition, Long> ends() throws ExecutionException, InterruptedException {
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
        return admin.listOffsets(latest).all().get().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, end -> end.getValue().offset()));
    }

    private static long offset(OffsetAndMetadata read) {
        return read == null ? 0 : read.offset();
    }
}
