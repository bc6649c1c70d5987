package io.exitpool.containers;

import io.exitpool.schemas.connection.Connection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code docker-compose.yml} as a project of its own name, with ports that are free, and with the
 * demo's registry where Confluent's image is not at hand.
 */
final class ComposeProject implements AutoCloseable {

    private static final String REGISTRY = "confluentinc/cp-schema-registry:8.0.0";
    private static final Duration DOWN_WITHIN = Duration.ofMinutes(2);
    private static final Duration STOPPED_WITHIN = Duration.ofMinutes(1);

    private static final List<String> PORTS =
            List.of(
                    "KAFKA_1_PORT",
                    "KAFKA_2_PORT",
                    "KAFKA_3_PORT",
                    "REGISTRY_PORT",
                    "EXITPOOL_1_PORT",
                    "EXITPOOL_2_PORT",
                    "CONNECT_PORT",
                    "POSTGRES_PORT",
                    "PROMETHEUS_PORT");

    private final Map<String, String> environment = new HashMap<>();
    private final List<String> files = new ArrayList<>();

    ComposeProject() {
        environment.put("COMPOSE_PROJECT_NAME", "exitpool-it-" + ProcessHandle.current().pid());
        environment.put("EXITPOOL_IMAGE", ExitpoolImage.exitpool());
        environment.put("EXITPOOL_CONNECT_IMAGE", ExitpoolImage.connect());
        environment.putAll(freePorts());
        files.addAll(List.of("-f", "docker-compose.yml"));
        if (!Docker.has(REGISTRY)) {
            files.addAll(List.of("-f", "deploy/docker/local-registry.yml"));
        }
    }

    /** Brings services up, all without a profile if none is named, and waits until all are well. */
    void up(Duration within, String... services) {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "up",
                                "--detach",
                                "--no-build",
                                "--wait",
                                "--wait-timeout",
                                Long.toString(within.toSeconds())));
        words.addAll(List.of(services));
        try {
            compose(within.plus(STOPPED_WITHIN), words);
        } catch (IllegalStateException e) {
            throw new IllegalStateException(e.getMessage() + System.lineSeparator() + logs(), e);
        }
    }

    void stop(String service) {
        compose(STOPPED_WITHIN, List.of("stop", service));
    }

    /** One of the published ports, by the variable that moves it. */
    int port(String variable) {
        return Integer.parseInt(environment.get(variable));
    }

    /** Where its brokers and its registry are for this machine. */
    Connection connection() {
        return Connection.of(
                Map.of(
                        Connection.BOOTSTRAP_SERVERS,
                        "localhost:%d,localhost:%d,localhost:%d"
                                .formatted(
                                        port("KAFKA_1_PORT"),
                                        port("KAFKA_2_PORT"),
                                        port("KAFKA_3_PORT")),
                        Connection.REGISTRY_URL,
                        "http://localhost:" + port("REGISTRY_PORT")));
    }

    /** Takes it down with its volumes. */
    @Override
    public void close() {
        compose(DOWN_WITHIN, List.of("--profile", "demo", "down", "--volumes", "--timeout", "3"));
    }

    /** What the services say of themselves, for a test that failed. */
    private String logs() {
        return compose(STOPPED_WITHIN, List.of("logs", "--tail", "40"))
                + compose(STOPPED_WITHIN, List.of("ps", "--all"));
    }

    private String compose(Duration within, List<String> words) {
        List<String> command = new ArrayList<>(List.of("compose"));
        command.addAll(files);
        command.addAll(words);
        return Docker.run(within, environment, command.toArray(String[]::new));
    }

    /** All held at once, so that no two are the same. */
    private static Map<String, String> freePorts() {
        Map<String, String> ports = new HashMap<>();
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (String variable : PORTS) {
                ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                held.add(socket);
                ports.put(variable, Integer.toString(socket.getLocalPort()));
            }
            for (ServerSocket socket : held) {
                socket.close();
            }
            return ports;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
