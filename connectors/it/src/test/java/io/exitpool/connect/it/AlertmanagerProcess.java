package io.exitpool.connect.it;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.exitpool.demo.port.LoopbackPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Prometheus' Alertmanager from Debian's package, alone, with files of its own. It tells a webhook
 * at once what fires and what is resolved. Stopped and started, it keeps its address.
 */
final class AlertmanagerProcess implements AutoCloseable {

    private static final String PROGRAM = "prometheus-alertmanager";
    private static final Duration WITHIN = Duration.ofSeconds(60);
    private static final Duration EVERY = Duration.ofMillis(100);

    private final Path directory;
    private final String address;
    private final ConnectRest rest;
    private Process process;

    /**
     * Starts it and returns once it answers.
     *
     * @param directory for its files; created
     * @param webhook what it tells all notifications
     */
    static AlertmanagerProcess start(Path directory, String webhook) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(
                directory.resolve("alertmanager.yml"),
                """
                route:
                  receiver: test
                  group_by: [alertname, server]
                  group_wait: 0s
                  group_interval: 1s
                  repeat_interval: 1h
                receivers:
                  - name: test
                    webhook_configs:
                      - url: %s
                        send_resolved: true
                """
                        .formatted(webhook));
        AlertmanagerProcess alertmanager =
                new AlertmanagerProcess(
                        directory, LoopbackPort.HOST + ":" + LoopbackPort.choose(0));
        alertmanager.start();
        return alertmanager;
    }

    private AlertmanagerProcess(Path directory, String address) {
        this.directory = directory;
        this.address = address;
        this.rest = new ConnectRest(url());
    }

    String url() {
        return "http://" + address;
    }

    /** The alerts of a server as it knows them; they are missing once they are resolved. */
    JsonNode alerts(String server) {
        return rest.get("/api/v2/alerts?filter=server%3D%22" + server + "%22");
    }

    void start() {
        try {
            process =
                    new ProcessBuilder(
                                    List.of(
                                            PROGRAM,
                                            "--config.file="
                                                    + directory.resolve("alertmanager.yml"),
                                            "--storage.path=" + directory.resolve("data"),
                                            "--web.listen-address=" + address,
                                            "--cluster.listen-address="))
                            .redirectErrorStream(true)
                            .redirectOutput(
                                    ProcessBuilder.Redirect.appendTo(
                                            directory.resolve("alertmanager.log").toFile()))
                            .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        await(PROGRAM + " answers")
                .atMost(WITHIN)
                .pollInterval(EVERY)
                .ignoreExceptions()
                .until(() -> process.isAlive() && rest.get("/api/v2/status").has("uptime"));
    }

    /** It forgets all alerts, which it keeps in memory only, but not whom it told what. */
    void stop() {
        process.destroy();
        awaitEnd();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        awaitEnd();
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException(PROGRAM + " did not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
