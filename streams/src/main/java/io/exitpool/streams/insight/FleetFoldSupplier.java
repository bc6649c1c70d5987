package io.exitpool.streams.insight;

import io.exitpool.schemas.topic.TopicDefinitions;
import io.exitpool.schemas.topic.Topics;
import io.exitpool.streams.store.Changelog;
import java.util.Set;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/** Makes the second stage's processor, and names its store. */
final class FleetFoldSupplier implements ProcessorSupplier<byte[], byte[], byte[], byte[]> {

    private final InsightParts parts;

    FleetFoldSupplier(InsightParts parts) {
        this.parts = parts;
    }

    @Override
    public Processor<byte[], byte[], byte[], byte[]> get() {
        return new FleetFoldProcessor(parts);
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
        int largest = TopicDefinitions.of(Topics.FLEET_STATS_1M.name()).maxMessageBytes();
        return Set.of(Changelog.store(InsightTopology.FLEET, largest));
    }
}
