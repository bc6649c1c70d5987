package io.exitpool.streams.app;

import io.exitpool.schemas.topic.Topics;
import io.exitpool.streams.allocation.AllocationTopology;
import io.exitpool.streams.app.StartException.Kind;
import io.exitpool.streams.config.Part;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store whose changelog is lost begins empty, and would stay so: the configurations that it knew
 * have been read, and nobody writes them again while they do not change. So the group forgets that
 * it read them. Leases come back from the servers' snapshots by themselves.
 */
final class LostChangelog {
    private static final Logger LOG = LoggerFactory.getLogger(LostChangelog.class);

    private static final String CHANGELOG =
            Part.ALLOCATION.applicationId() + "-" + AllocationTopology.STORE + "-changelog";

    private LostChangelog() {}

    /**
     * Lets the configurations be read again if the changelog is gone. Before the first start there
     * is none either, and nothing was read.
     *
     * @throws StartException when Kafka refuses, because another instance runs
     */
    static void heal(Admin admin) {
        try {
            if (admin.listTopics().names().get().contains(CHANGELOG)) {
                return;
            }
            Set<TopicPartition> read = new HashSet<>(committed(admin));
            read.removeIf(partition -> !partition.topic().equals(Topics.POOL_CONFIGS.name()));
            if (read.isEmpty()) {
                return;
            }
            admin.deleteConsumerGroupOffsets(Part.ALLOCATION.applicationId(), read).all().get();
            LOG.warn(
                    "The changelog {} is gone: every configuration is read again, and the servers'"
                            + " snapshots tell the leases",
                    CHANGELOG);
        } catch (ExecutionException e) {
            throw new StartException(
                    Kind.NOT_PREPARED,
                    ("the store's changelog %s is gone, and the group %s cannot be set back (%s):"
                                    + " stop every instance, then start again")
                            .formatted(
                                    CHANGELOG,
                                    Part.ALLOCATION.applicationId(),
                                    e.getCause().getMessage()),
                    e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException(Kind.LOCAL, "interrupted while asking Kafka", e);
        }
    }

    /** Where the group has read up to. */
    private static Set<TopicPartition> committed(Admin admin)
            throws ExecutionException, InterruptedException {
        try {
            return admin.listConsumerGroupOffsets(Part.ALLOCATION.applicationId())
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .keySet();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return Set.of();
            }
            throw e;
        }
    }
}
