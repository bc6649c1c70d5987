package io.exitpool.connect.it;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.exitpool.demo.port.LoopbackPort;
import io.exitpool.schemas.connection.Connection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/**
 * A Connect worker as it is shipped: the files of module {@code connectors/worker}, in a process of
 * its own, so that each plugin sees its own jars and Connect's, and nothing of the tests. It can be
 * stopped or killed and started again; its connectors and offsets are in the broker.
 */
public final class ConnectWorker implements AutoCloseable {

    private static final Duration WITHIN = Duration.ofSeconds(90);
    private static final Duration EVERY = Duration.ofMillis(100);
    private static final Path FILES = Path.of(System.getProperty("connect.worker"));
    private static final Path TEST_PLUGINS = Path.of(System.getProperty("connect.plugins"));

    private final Connection connection;
    private final Path directory;
    private final Map<String, String> environment;
    private final ConnectRest rest;
    private WorkerProcess process;

    private ConnectWorker(
            Connection connection, Path directory, Map<String, String> environment, int port) {
        this.connection = connection;
        this.directory = directory;
        this.environment = environment;
        this.rest = new ConnectRest("http://" + LoopbackPort.HOST + ":" + port);
    }

    /**
     * Starts a worker and returns once it answers.
     *
     * @param directory for its configuration and log; created when absent
     * @param environment variables that the connectors' configurations name as {@code ${env:NAME}}
     */
    static ConnectWorker start(
            Connection connection, Path directory, Map<String, String> environment) {
        int port = LoopbackPort.choose(0);
        ConnectWorker worker = new ConnectWorker(connection, directory, environment, port);
        worker.configure(port);
        worker.start();
        return worker;
    }

    /** Starts it again, with the same connectors. */
    public void start() {
        process = WorkerProcess.start(FILES, directory, environment);
        try {
            await("the Connect worker answers")
                    .atMost(WITHIN)
                    .pollInterval(EVERY)
                    .failFast(process::failIfEnded)
                    .until(rest::answers);
        } catch (RuntimeException e) {
            process.kill();
            throw e;
        }
    }

    /** SIGTERM: it flushes, commits its offsets and ends. */
    public void stop() {
        process.stop();
    }

    /** SIGKILL: it flushes nothing. */
    public void kill() {
        process.kill();
    }

    /**
     * Creates a connector or changes it, and returns once it and its tasks run.
     *
     * @throws IllegalArgumentException if the worker refuses the configuration; it says why
     */
    public void run(String name, Map<String, String> config) {
        put(name, config);
        awaitRunning(name);
    }

    /** Creates a connector or changes it; it may fail later, see {@link #status}. */
    public void put(String name, Map<String, String> config) {
        await("the worker takes connector " + name)
                .atMost(WITHIN)
                .pollInterval(EVERY)
                .until(() -> rest.put("/connectors/" + name + "/config", config));
    }

    /** Waits until the connector and at least one task run; throws once one of them failed. */
    public void awaitRunning(String name) {
        await("connector " + name + " runs")
                .atMost(WITHIN)
                .pollInterval(EVERY)
                .until(() -> runs(name));
    }

    /** Waits until a task of the connector has failed, and gives its trace. */
    public String awaitFailure(String name) {
        await("connector " + name + " fails")
                .atMost(WITHIN)
                .pollInterval(EVERY)
                .until(() -> !trace(name).isEmpty());
        return trace(name);
    }

    /** What {@code GET /connectors/NAME/status} answers; of no such connector an empty object. */
    public JsonNode status(String name) {
        return rest.get("/connectors/" + name + "/status");
    }

    /** What {@code GET /connector-plugins} answers: every connector, converter and so on. */
    public JsonNode plugins() {
        return rest.get("/connector-plugins?connectorsOnly=false");
    }

    /** Starts a connector's tasks again, as an operator does after a failure, and awaits them. */
    public void restart(String name) {
        await("connector " + name + " runs again")
                .atMost(WITHIN)
                .pollInterval(EVERY)
                .until(
                        () -> {
                            rest.post("/connectors/" + name + "/restart?includeTasks=true");
                            return trace(name).isEmpty();
                        });
        awaitRunning(name);
    }

    public void delete(String name) {
        rest.delete("/connectors/" + name);
    }

    /**
     * Waits until the connector has committed everything that the topic has now: the sink said that
     * it is done with it.
     */
    public void awaitRead(String name, String topic) {
        try (Admin admin = Admin.create(connection.admin())) {
            await(name + " has committed all of " + topic)
                    .atMost(WITHIN)
                    .pollInterval(EVERY)
                    .until(() -> committed(admin, name, topic).equals(ends(admin, topic)));
        }
    }

    /** Everything that it logged so far. */
    public String log() {
        return process.log();
    }

    @Override
    public void close() {
        process.kill();
    }

    private boolean runs(String name) {
        String trace = trace(name);
        if (!trace.isEmpty()) {
            throw new IllegalStateException("connector " + name + " failed: " + trace);
        }
        JsonNode status = status(name);
        return "RUNNING".equals(status.at("/connector/state").asText())
                && !status.path("tasks").isEmpty()
                && status.path("tasks").findValuesAsText("state").stream()
                        .allMatch("RUNNING"::equals);
    }

    private String trace(String name) {
        JsonNode status = status(name);
        return status.at("/connector/trace").asText()
                + String.join("", status.path("tasks").findValuesAsText("trace"));
    }

    /** Partitions that nothing was ever read of are left out on both sides. */
    private static Map<TopicPartition, Long> committed(Admin admin, String name, String topic)
            throws Exception {
        Map<TopicPartition, Long> committed = new HashMap<>();
        admin.listConsumerGroupOffsets("connect-" + name)
                .partitionsToOffsetAndMetadata()
                .get()
                .forEach((partition, offset) -> committed.put(partition, offset.offset()));
        committed.keySet().removeIf(partition -> !partition.topic().equals(topic));
        committed.values().removeIf(offset -> offset == 0);
        return committed;
    }

    private static Map<TopicPartition, Long> ends(Admin admin, String topic) throws Exception {
        Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
        admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic).partitions().stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .forEach(partition -> partitions.put(partition, OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = new HashMap<>();
        admin.listOffsets(partitions)
                .all()
                .get()
                .forEach((partition, end) -> ends.put(partition, end.offset()));
        ends.values().removeIf(offset -> offset == 0);
        return ends;
    }

    /** The shipped configuration, with what a test on one small machine must have otherwise. */
    private void configure(int port) {
        Properties properties = new Properties();
        try {
            Files.createDirectories(directory);
            try (var in =
                    Files.newInputStream(FILES.resolve("config/connect-distributed.properties"))) {
                properties.load(in);
            }
            properties.putAll(onThisMachine(port));
            try (var out = Files.newOutputStream(directory.resolve("worker.properties"))) {
                properties.store(out, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> onThisMachine(int port) {
        return Map.ofEntries(
                Map.entry("bootstrap.servers", connection.bootstrapServers()),
                Map.entry("value.converter.schema.registry.url", connection.registryUrl()),
                Map.entry("listeners", "http://" + LoopbackPort.HOST + ":" + port),
                Map.entry(
                        "plugin.path",
                        FILES.resolve("plugins").toAbsolutePath() + "," + TEST_PLUGINS),
                Map.entry("config.storage.replication.factor", "1"),
                Map.entry("offset.storage.replication.factor", "1"),
                Map.entry("status.storage.replication.factor", "1"),
                // A worker that was killed is missed soon, and one that comes back works at once.
                Map.entry("session.timeout.ms", "3000"),
                Map.entry("heartbeat.interval.ms", "1000"),
                Map.entry("consumer.session.timeout.ms", "3000"),
                Map.entry("consumer.heartbeat.interval.ms", "1000"),
                Map.entry("scheduled.rebalance.max.delay.ms", "0"),
                Map.entry("offset.flush.interval.ms", "500"));
    }
}
