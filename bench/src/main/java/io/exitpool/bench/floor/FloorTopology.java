package io.exitpool.bench.floor;

import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;

/** The floors' topologies: one way from the events to one output. */
final class FloorTopology {
    private static final String READ = "read-session-events";
    private static final String WRITE = "write-answers";

    private FloorTopology() {}

    static Topology passthrough(String events, String output) {
        return source(events)
                .addSink(WRITE, output, new ByteArraySerializer(), new ByteArraySerializer(), READ);
    }

    static Topology rows(Rows.Kind rows, Samples samples, String events, String output) {
        String process = "write-rows";
        return source(events)
                .addProcessor(process, () -> new RowProcessor(rows, samples), READ)
                .addStateStore(rows.store(), process)
                .addSink(
                        WRITE,
                        output,
                        new ByteArraySerializer(),
                        new ByteArraySerializer(),
                        process);
    }

    private static Topology source(String events) {
        return new Topology()
                .addSource(READ, new ByteArrayDeserializer(), new ByteArrayDeserializer(), events);
    }
}
