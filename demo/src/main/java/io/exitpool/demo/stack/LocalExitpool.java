package io.exitpool.demo.stack;

import io.exitpool.demo.port.LoopbackPort;
import io.exitpool.schemas.connection.Connection;
import io.exitpool.streams.app.ExitpoolApp;
import io.exitpool.streams.config.AppConfig;
import io.exitpool.streams.config.HostPort;
import io.exitpool.streams.config.Setting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Allocation and insight in this JVM, with their durations divided by a run's speed. */
public final class LocalExitpool implements AutoCloseable {

    private static final Duration START_WITHIN = Duration.ofSeconds(60);

    /** What it takes beside the broker's share of one JVM. */
    private static final long ROCKSDB_BYTES = 64L << 20;

    private final ExitpoolApp app;

    private LocalExitpool(ExitpoolApp app) {
        this.app = app;
    }

    /**
     * Starts it and waits until it is at work.
     *
     * @param httpPort 0 is any free port, or the last one used from the same directory
     * @param only the one part to run, or empty for both
     * @param speed divides what the fleet divides, see {@link FasterRules}
     */
    public static LocalExitpool start(
            Connection connection, Path directory, int httpPort, double speed, String only) {
        Map<String, String> settings = new HashMap<>();
        settings.put(Connection.BOOTSTRAP_SERVERS, connection.bootstrapServers());
        settings.put(Connection.REGISTRY_URL, connection.registryUrl());
        Path lastPort = directory.resolve("http-port");
        int port = LoopbackPort.choose(httpPort, lastPort);
        settings.put(Setting.STATE_DIR.key(), directory.resolve("streams").toString());
        settings.put(Setting.HTTP_LISTEN.key(), new HostPort(LoopbackPort.HOST, port).toString());
        settings.put(Setting.ONLY.key(), only);
        settings.put(Setting.ROCKSDB_MEMORY_BYTES.key(), Long.toString(ROCKSDB_BYTES));
        ExitpoolApp app = ExitpoolApp.start(AppConfig.of(settings), FasterRules.of(speed));
        try {
            app.awaitRunning(START_WITHIN);
        } catch (RuntimeException e) {
            app.close();
            throw e;
        }
        LoopbackPort.note(port, lastPort);
        return new LocalExitpool(app);
    }

    /** Where its health, metrics and pool status are. */
    public String url() {
        return "http://" + app.httpAddress().orElseThrow();
    }

    @Override
    public void close() {
        app.close();
    }
}
