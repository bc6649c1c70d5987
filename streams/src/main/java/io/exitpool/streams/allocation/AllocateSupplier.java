package io.exitpool.streams.allocation;

import io.exitpool.schemas.topic.TopicDefinitions;
import io.exitpool.schemas.topic.Topics;
import io.exitpool.streams.codec.Said;
import io.exitpool.streams.store.Changelog;
import java.util.Set;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Makes the processor of each task, and names its store. The changelog forgets soon what is
 * overwritten, because it tells who was connected to what.
 */
final class AllocateSupplier implements ProcessorSupplier<byte[], Said, byte[], byte[]> {

    private final AllocationParts parts;

    AllocateSupplier(AllocationParts parts) {
        this.parts = parts;
    }

    @Override
    public Processor<byte[], Said, byte[], byte[]> get() {
        return new AllocateProcessor(parts);
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
        // A configuration's row is as large as the largest configuration.
        return Set.of(Changelog.store(AllocationTopology.STORE, largestRecord()));
    }

    /** The bytes of the largest record that the allocation writes: a dead letter. */
    static int largestRecord() {
        return TopicDefinitions.of(Topics.DEAD_LETTERS).maxMessageBytes();
    }
}
