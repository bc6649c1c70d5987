package io.exitpool.streams.input;

import io.exitpool.schemas.topic.Topic;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;

/** A topic as a topology reads it. */
public final class Source {

    private Source() {}

    /** Keys stay bytes: whether one is a server's name is for the processor to say. */
    public static <V> KStream<byte[], V> read(
            StreamsBuilder builder, Topic<?> topic, Deserializer<V> values, String node) {
        return builder.stream(
                topic.name(),
                Consumed.with(Serdes.ByteArray(), Serdes.serdeFrom(noSerializer(), values))
                        .withName(node));
    }

    private static <V> Serializer<V> noSerializer() {
        return (topic, value) -> {
            throw new UnsupportedOperationException("a source does not write");
        };
    }
}
