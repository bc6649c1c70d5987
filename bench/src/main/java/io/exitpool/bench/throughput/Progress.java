package io.exitpool.bench.throughput;

import io.exitpool.schemas.topic.Topics;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.InterruptException;

/** What a group has read and committed, seen from outside it. */
final class Progress {
    private final Admin admin;
    private final int partitions;

    Progress(Admin admin, int partitions) {
        this.admin = admin;
        this.partitions = partitions;
    }

    /** The committed offset of each partition of the events, no further than the backlog's end. */
    long[] events(String group, Backlog backlog) {
        long[] offsets = offsets(group, Topics.SESSION_EVENTS.name());
        for (int partition = 0; partition < partitions; partition++) {
            offsets[partition] = Math.min(offsets[partition], backlog.end(partition));
        }
        return offsets;
    }

    /** The committed offset of each partition of a topic; 0 where there is none. */
    long[] offsets(String group, String topic) {
        List<TopicPartition> all =
                IntStream.range(0, partitions)
                        .mapToObj(partition -> new TopicPartition(topic, partition))
                        .toList();
        Map<TopicPartition, OffsetAndMetadata> committed = committed(group, all);
        return all.stream()
                .mapToLong(
                        partition ->
                                committed.get(partition) == null
                                        ? 0
                                        : committed.get(partition).offset())
                .toArray();
    }

    private Map<TopicPartition, OffsetAndMetadata> committed(
            String group, List<TopicPartition> partitions) {
        try {
            return admin.listConsumerGroupOffsets(
                            Map.of(
                                    group,
                                    new ListConsumerGroupOffsetsSpec().topicPartitions(partitions)))
                    .partitionsToOffsetAndMetadata(group)
                    .get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return Map.of();
            }
            throw new KafkaException("the group's offsets are not to be had", e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
