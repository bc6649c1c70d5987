package io.exitpool.streams.allocation;

import io.exitpool.schemas.SessionEvent;
import io.exitpool.schemas.topic.Topics;
import io.exitpool.schemas.wire.Wire;
import io.exitpool.streams.codec.EventCodec;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** A Tick has no key; it goes to the partition that it carries. */
final class TickPartitioner implements StreamPartitioner<byte[], byte[]> {
    private final Deserializer<SessionEvent> deserializer;

    TickPartitioner(Wire wire) {
        this.deserializer = wire.serde(Topics.SESSION_EVENTS).deserializer();
    }

    @Override
    public Optional<Set<Integer>> partitions(
            String topic, byte[] key, byte[] value, int partitions) {
        SessionEvent tick = deserializer.deserialize(topic, value);
        return Optional.of(Set.of(EventCodec.tickPartition(tick).orElseThrow()));
    }
}
