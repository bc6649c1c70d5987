package io.exitpool.bench.latency;

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
final class Backlog implements AutoCloseable {
    private static final long LOOK_AGAIN_NANOS = 100_000_000;

    private final Admin admin;

    Backlog(Connection connection) {
        admin = Admin.create(connection.admin());
    }

    /**
     * Waits until the group has fewer records to read.
     *
     * @throws IllegalStateException if that takes longer
     */
    void awaitBelow(long records, String group, String topic, Duration within) {
        long deadline = Clock.SYSTEM.nanos() + within.toNanos();
        for (long left = of(group, topic); left >= records; left = of(group, topic)) {
            if (Clock.SYSTEM.nanos() - deadline > 0) {
                throw new IllegalStateException(
                        "%s is still %d records behind after %s".formatted(group, left, within));
            }
            Clock.SYSTEM.sleepUntil(Clock.SYSTEM.nanos() + LOOK_AGAIN_NANOS);
        }
    }

    /**
     * What no group has read yet counts from its beginning; transactions' ends count as records.
     */
    private long of(String group, String topic) {
        try {
            Map<TopicPartition, OffsetAndMetadata> read =
                    admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
            return ends(topic).entrySet().stream()
                    .mapToLong(end -> end.getValue() - offset(read.get(end.getKey())))
                    .sum();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the backlog of " + group + " is not known", e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private Map<TopicPartition, Long> ends(String topic)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> ends =
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
        return admin.listOffsets(ends).all().get().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, end -> end.getValue().offset()));
    }

    private static long offset(OffsetAndMetadata read) {
        return read == null ? 0 : read.offset();
    }

    @Override
    public void close() {
        admin.close();
    }
}
