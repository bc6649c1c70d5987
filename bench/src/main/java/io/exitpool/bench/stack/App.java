package io.exitpool.bench.stack;

import io.exitpool.bench.jvm.Child;
import io.exitpool.schemas.connection.Connection;
import io.exitpool.streams.config.Setting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Exitpool itself in a Java machine of its own, or another application of the same shape: a child
 * whose arguments are settings, and which says when it started and when every partition is at work.
 */
public final class App implements AutoCloseable {
    /** The application's heap; RocksDB's memory is beside it. */
    public static final String HEAP = "1g";

    private static final Duration RUNNING_WITHIN = Duration.ofMinutes(10);

    private final Child child;

    private App(Child child) {
        this.child = child;
    }

    /**
     * Starts Exitpool and waits until every partition is restored and at work.
     *
     * @param stateDir of its stores; its log is beside it, with {@code .log} after its name
     * @param settings as {@code AppConfig.of} takes them; without HTTP if they do not say otherwise
     */
    public static App start(Broker broker, Path stateDir, Map<String, String> settings) {
        App app = launch(broker, stateDir, settings, List.of());
        app.awaitRunning();
        return app;
    }

    /** Starts Exitpool and does not wait. */
    public static App launch(
            Broker broker, Path stateDir, Map<String, String> settings, List<String> jvmOptions) {
        Map<String, String> all = new TreeMap<>(settings);
        all.putIfAbsent(Setting.HTTP_LISTEN.key(), "off");
        return launch("exitpool", AppMain.class, broker, stateDir, all, jvmOptions);
    }

    /**
     * Starts another application and does not wait.
     *
     * @param main takes its settings as {@link AppMain#settings} reads them, and says what {@link
     *     AppMain} says
     */
    public static App launch(
            String name,
            Class<?> main,
            Broker broker,
            Path stateDir,
            Map<String, String> settings,
            List<String> jvmOptions) {
        Map<String, String> all = new TreeMap<>(settings);
        all.put(Setting.STATE_DIR.key(), stateDir.toString());
        all.put(Connection.BOOTSTRAP_SERVERS, broker.connection().bootstrapServers());
        all.put(Connection.REGISTRY_URL, broker.connection().registryUrl());
        List<String> options = new ArrayList<>(List.of("-Xms" + HEAP, "-Xmx" + HEAP));
        options.addAll(jvmOptions);
        return new App(
                Child.start(
                        name,
                        main,
                        options,
                        all.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList(),
                        stateDir.resolveSibling(stateDir.getFileName() + ".log")));
    }

    /** Waits until every partition is restored and at work. */
    public void awaitRunning() {
        try {
            child.await(AppMain.RUNNING, RUNNING_WITHIN);
        } catch (RuntimeException e) {
            child.kill();
            throw e;
        }
    }

    public long pid() {
        return child.pid();
    }

    public boolean isAlive() {
        return child.isAlive();
    }

    /** What it says on its standard output, see {@link Child#await}. */
    public String await(String prefix, Duration within) {
        return child.await(prefix, within);
    }

    /** SIGSTOP: it does nothing until {@link #resume}. */
    public void pause() {
        child.pause();
    }

    /** SIGCONT. */
    public void resume() {
        child.resume();
    }

    /** SIGKILL. */
    public void kill() {
        child.kill();
    }

    /** SIGTERM: it commits and leaves its group. */
    @Override
    public void close() {
        child.close();
    }
}
