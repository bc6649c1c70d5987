package io.exitpool.schemas.topic;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * How one topic is created: partitioned by server or not, and its configuration apart from what
 * depends on the cluster's size. {@code min.insync.replicas} is computed from the replication
 * factor, so that one broker of three can stop and a single broker can still be written to.
 */
public record TopicDefinition(
        String name,
        boolean partitionedByServer,
        int defaultPartitions,
        Map<String, String> configs) {

    /** The only configuration that follows from the replication factor. */
    public static final String MIN_INSYNC_REPLICAS = "min.insync.replicas";

    public TopicDefinition {
        Objects.requireNonNull(name, "name");
        configs = Map.copyOf(configs);
        if (defaultPartitions < 1) {
            throw new IllegalArgumentException(
                    name + ": partitions must be at least 1, not " + defaultPartitions);
        }
        if (configs.containsKey(MIN_INSYNC_REPLICAS)) {
            throw new IllegalArgumentException(
                    name + ": " + MIN_INSYNC_REPLICAS + " follows from the replication factor");
        }
    }

    /** How many partitions this topic has when the topics by server have so many. */
    public int partitions(int serverPartitions) {
        return partitionedByServer ? serverPartitions : defaultPartitions;
    }

    /**
     * The whole configuration for a replication factor: one replica may be missing, the last not.
     */
    public Map<String, String> configs(int replicationFactor) {
        if (replicationFactor < 1) {
            throw new IllegalArgumentException(
                    "the replication factor must be at least 1, not " + replicationFactor);
        }
        Map<String, String> all = new TreeMap<>(configs);
        all.put(MIN_INSYNC_REPLICAS, String.valueOf(Math.max(1, replicationFactor - 1)));
        return all;
    }

    /** The largest batch that the topic takes, in bytes. */
    public int maxMessageBytes() {
        return Integer.parseInt(configs.get("max.message.bytes"));
    }
}
