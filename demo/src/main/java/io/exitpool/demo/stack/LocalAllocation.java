package io.exitpool.demo.stack;

import io.exitpool.core.pool.AllocationSettings;
import io.exitpool.demo.port.LoopbackPort;
import io.exitpool.schemas.connection.Connection;
import io.exitpool.streams.app.AllocationApp;
import io.exitpool.streams.config.AppConfig;
import io.exitpool.streams.config.HostPort;
import io.exitpool.streams.config.Setting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The allocation in this JVM, with its durations divided by a run's speed. */
public final class LocalAllocation implements AutoCloseable {

    private static final Duration START_WITHIN = Duration.ofSeconds(60);

    /** What it takes beside the broker's share of one JVM. */
    private static final long ROCKSDB_BYTES = 64L << 20;

    /** However fast a fleet lives: asking more often than answers come would only add to it. */
    private static final long SHORTEST_RETRY_MILLIS = 500;

    private final AllocationApp app;

    private LocalAllocation(AllocationApp app) {
        this.app = app;
    }

    /**
     * Starts it and waits until it allocates.
     *
     * @param httpPort 0 is any free port, or the last one used from the same directory
     * @param speed divides how long a rejected start is told to wait
     */
    public static LocalAllocation start(
            Connection connection, Path directory, int httpPort, double speed) {
        Map<String, String> settings = new HashMap<>();
        settings.put(Connection.BOOTSTRAP_SERVERS, connection.bootstrapServers());
        settings.put(Connection.REGISTRY_URL, connection.registryUrl());
        Path lastPort = directory.resolve("http-port");
        int port = LoopbackPort.choose(httpPort, lastPort);
        settings.put(Setting.STATE_DIR.key(), directory.resolve("streams").toString());
        settings.put(Setting.HTTP_LISTEN.key(), new HostPort(LoopbackPort.HOST, port).toString());
        settings.put(Setting.ROCKSDB_MEMORY_BYTES.key(), Long.toString(ROCKSDB_BYTES));
        AllocationApp app = AllocationApp.start(AppConfig.of(settings), settings(speed));
        try {
            app.awaitRunning(START_WITHIN);
        } catch (RuntimeException e) {
            app.close();
            throw e;
        }
        LoopbackPort.note(port, lastPort);
        return new LocalAllocation(app);
    }

    /** Where its health, metrics and pool status are. */
    public String url() {
        return "http://" + app.httpAddress().orElseThrow();
    }

    @Override
    public void close() {
        app.close();
    }

    private static AllocationSettings settings(double speed) {
        AllocationSettings real = AllocationSettings.DEFAULT;
        return new AllocationSettings(
                real.maxCountedGapMillis(),
                real.statusEveryMillis(),
                real.maxEpochAheadMillis(),
                real.maxClockSkewMillis(),
                divided(real.minRetryAfterMillis(), speed),
                divided(real.maxRetryAfterMillis(), speed),
                real.failFast());
    }

    private static long divided(long millis, double speed) {
        return Math.max(SHORTEST_RETRY_MILLIS, Math.round(millis / speed));
    }
}
