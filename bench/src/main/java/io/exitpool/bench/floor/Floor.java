package io.exitpool.bench.floor;

import io.exitpool.bench.stack.App;
import io.exitpool.bench.stack.Broker;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An application on Kafka Streams that reads session events and decides nothing, with Exitpool's
 * own settings of Kafka Streams and its clients; it commits when the interval says so, never
 * earlier.
 */
public enum Floor {
    /** Each record is copied to one output. */
    PASSTHROUGH("floor A"),
    /** Rows and records as Exitpool writes them, rows through Kafka Streams' own RocksDB store. */
    ROWS_IN_STREAMS_STORE("floor B"),
    /** The same rows and records, rows through Exitpool's store. */
    ROWS_IN_OWN_STORE("floor B, own store");

    /** Of the settings: the topic that it reads instead of the session events. */
    public static final String EVENTS = FloorMain.EVENTS;

    private final String label;

    Floor(String label) {
        this.label = label;
    }

    /** As people call it. */
    public String label() {
        return label;
    }

    /**
     * Starts it in a Java machine of its own and waits until every partition is at work.
     *
     * @param application names its group, its changelog and its transactions
     * @param output an existing topic, with as many partitions as the events'
     * @param settings as Exitpool takes them
     */
    public App start(
            Broker broker,
            Path stateDir,
            String application,
            String output,
            Map<String, String> settings) {
        Map<String, String> all = new TreeMap<>(settings);
        all.put(FloorMain.FLOOR, name());
        all.put(FloorMain.APPLICATION, application);
        all.put(FloorMain.OUTPUT, output);
        App app = App.launch(label, FloorMain.class, broker, stateDir, all, List.of());
        app.awaitRunning();
        return app;
    }
}
