package io.exitpool.streams.allocation;

import io.exitpool.schemas.topic.TopicDefinitions;
import io.exitpool.schemas.topic.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Makes the processor of each task, and says what its store is like. Nothing reads the store but a
 * task's start, so there is no cache in front of it; its changelog forgets what is overwritten
 * within about an hour, because it tells who was connected to what.
 */
final class AllocateSupplier implements ProcessorSupplier<byte[], SpecificRecord, byte[], byte[]> {

    private final AllocationParts parts;

    AllocateSupplier(AllocationParts parts) {
        this.parts = parts;
    }

    @Override
    public Processor<byte[], SpecificRecord, byte[], byte[]> get() {
        return new AllocateProcessor(parts);
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
        return Set.of(
                Stores.keyValueStoreBuilder(
                                Stores.persistentKeyValueStore(AllocationTopology.STORE),
                                Serdes.Bytes(),
                                Serdes.ByteArray())
                        .withCachingDisabled()
                        .withLoggingEnabled(changelog()));
    }

    /** How the changelog is created, apart from what depends on the cluster. */
    static Map<String, String> changelog() {
        return Map.of(
                "cleanup.policy", "compact",
                // The open segment is never compacted, so it is closed soon.
                "segment.ms", millis(Duration.ofMinutes(10)),
                // No overwritten row stays for longer, however little is written.
                "max.compaction.lag.ms", millis(Duration.ofHours(1)),
                // Only a restoring task needs tombstones, and it reads for seconds.
                "delete.retention.ms", millis(Duration.ofMinutes(10)),
                // A tenth of the log may be garbage before it is compacted: it stays small, and a
                // task's restore with it.
                "min.cleanable.dirty.ratio", "0.1",
                // A configuration's row is as large as the largest configuration.
                "max.message.bytes", String.valueOf(largestRecord()));
    }

    /** The bytes of the largest record that the allocation writes: a dead letter. */
    static int largestRecord() {
        return TopicDefinitions.of(Topics.DEAD_LETTERS).maxMessageBytes();
    }

    private static String millis(Duration duration) {
        return String.valueOf(duration.toMillis());
    }
}
