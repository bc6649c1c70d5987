package io.exitpool.schemas.topic;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.common.utils.Utils;

/**
 * The partition of a server: Kafka's own murmur2 of the name's UTF-8 bytes, as every producer's
 * default partitioner computes it (librdkafka calls it {@code murmur2_random}). The number of
 * partitions is fixed for the life of the topics, because another number sends a server elsewhere.
 */
public final class ServerPartition {

    private ServerPartition() {}

    public static int of(String server, int partitions) {
        return of(server.getBytes(UTF_8), partitions);
    }

    /** The same for a record's key as it was read. */
    public static int of(byte[] key, int partitions) {
        if (partitions < 1) {
            throw new IllegalArgumentException("partitions must be at least 1, not " + partitions);
        }
        return Utils.toPositive(Utils.murmur2(key)) % partitions;
    }
}
