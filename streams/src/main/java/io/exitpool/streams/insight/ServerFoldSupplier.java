package io.exitpool.streams.insight;

import io.exitpool.schemas.topic.TopicDefinitions;
import io.exitpool.schemas.topic.Topics;
import io.exitpool.streams.codec.Counted;
import io.exitpool.streams.store.Changelog;
import java.util.Set;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/** Makes the first stage's processor of each task, and names its store. */
final class ServerFoldSupplier implements ProcessorSupplier<byte[], Counted, byte[], byte[]> {

    private final InsightParts parts;

    ServerFoldSupplier(InsightParts parts) {
        this.parts = parts;
    }

    @Override
    public Processor<byte[], Counted, byte[], byte[]> get() {
        return new ServerFoldProcessor(parts);
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
        // A snapshot of a pool of 65,536 slots counts each of them twice: below 1 MiB.
        int largest = TopicDefinitions.of(Topics.POOL_STATS_1M.name()).maxMessageBytes();
        return Set.of(Changelog.store(InsightTopology.STATISTICS, largest));
    }
}
