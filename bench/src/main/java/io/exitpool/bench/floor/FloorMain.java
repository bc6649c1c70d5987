package io.exitpool.bench.floor;

import io.exitpool.bench.jvm.Child;
import io.exitpool.bench.stack.AppMain;
import io.exitpool.schemas.topic.Topics;
import io.exitpool.schemas.wire.Wire;
import io.exitpool.streams.config.AppConfig;
import io.exitpool.streams.config.Part;
import io.exitpool.streams.config.StreamsSettings;
import io.exitpool.streams.input.DeadLetters;
import io.exitpool.streams.store.RocksDbMemory;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;

/** The child that {@link Floor} starts. Arguments: settings, Exitpool's and three of its own. */
public final class FloorMain {
    static final String FLOOR = "floor";
    static final String APPLICATION = "floor.application";
    static final String OUTPUT = "floor.output";

    /** May be left out: Exitpool's own topic. */
    static final String EVENTS = "floor.events";

    private static final Duration STOP_WITHIN = Duration.ofSeconds(10);
    private static final int FAILED = 1;

    private FloorMain() {}

    public static void main(String[] args) throws InterruptedException {
        Child.endWithParent();
        Map<String, String> settings = new TreeMap<>(AppMain.settings(args));
        Floor floor = Floor.valueOf(settings.remove(FLOOR));
        String application = settings.remove(APPLICATION);
        String output = settings.remove(OUTPUT);
        String events = settings.getOrDefault(EVENTS, Topics.SESSION_EVENTS.name());
        settings.remove(EVENTS);
        AppConfig config = AppConfig.of(settings);
        RocksDbMemory memory = new RocksDbMemory(config.rocksDbMemoryBytes());
        KafkaStreams streams =
                new KafkaStreams(
                        topology(floor, config, events, output),
                        new StreamsConfig(streamsSettings(config, memory, application)));
        run(streams);
    }

    /** What Exitpool tells Kafka Streams. */
    private static Map<String, Object> streamsSettings(
            AppConfig config, RocksDbMemory memory, String application) {
        Map<String, Object> settings =
                StreamsSettings.of(
                        config,
                        Part.ALLOCATION,
                        new DeadLetters(new SimpleMeterRegistry()),
                        memory);
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, application);
        return settings;
    }

    private static Topology topology(Floor floor, AppConfig config, String events, String output) {
        if (floor == Floor.PASSTHROUGH) {
            return FloorTopology.passthrough(events, output);
        }
        try (Wire wire = config.connection().wire()) {
            Samples samples = Samples.encode(wire);
            return FloorTopology.rows(
                    floor == Floor.ROWS_IN_OWN_STORE ? Rows.OWN : Rows.STREAMS,
                    samples,
                    events,
                    output);
        }
    }

    private static void run(KafkaStreams streams) throws InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        streams.setStateListener(
                (now, before) -> {
                    if (now == KafkaStreams.State.RUNNING) {
                        AppMain.sayRunning();
                    }
                    if (now.hasCompletedShutdown()) {
                        over.countDown();
                    }
                });
        CloseOptions leaving =
                CloseOptions.timeout(STOP_WITHIN)
                        .withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> streams.close(leaving), "bench-stop"));
        streams.start();
        over.await();
        if (streams.state() == KafkaStreams.State.ERROR) {
            System.exit(FAILED);
        }
    }
}
