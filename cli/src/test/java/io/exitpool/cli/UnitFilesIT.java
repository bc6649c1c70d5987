package io.exitpool.cli;

import static java.net.http.HttpResponse.BodyHandlers.discarding;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import io.exitpool.demo.port.LoopbackPort;
import io.exitpool.demo.stack.LocalStack;
import java.io.File;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The units of deploy/systemd: systemd understands them, and what they start runs and stops. */
class UnitFilesIT {
    private static final Duration AT_MOST = Duration.ofSeconds(90);

    /** What systemd answers for a process that SIGTERM ended; the units call it success. */
    private static final int ENDED_BY_SIGTERM = 143;

    /** Of 10; systemd calls what is below 2 "OK". */
    private static final String MOST_EXPOSURE = "20";

    @TempDir private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"exitpool.service", "exitpool-agent@.service"})
    void shouldBeUnderstoodAndFoundHardenedBySystemd(String unit) throws Exception {
        String file = UnitFile.of(unit).file().toString();
        requireSystemd();

        assertThat(output("systemd-analyze", "verify", file)).isEqualTo("0:");
        assertThat(
                        output(
                                "systemd-analyze",
                                "security",
                                "--offline=true",
                                "--no-pager",
                                "--threshold=" + MOST_EXPOSURE,
                                file))
                .startsWith("0:");
    }

    @Test
    void shouldRunAndStopWhatTheyStart() throws Exception {
        try (LocalStack stack =
                LocalStack.start(directory.resolve("stack"), LocalStack.Ports.ANY, line -> {})) {
            shouldRunTheService(stack);
            shouldRunTheAgent(stack);
        }
    }

    private void shouldRunTheService(LocalStack stack) throws Exception {
        int port = LoopbackPort.choose(0);
        Map<String, String> environment = environment("exitpool.env", "exitpool");
        writeConfig(stack, "exitpool.properties", "http.listen=127.0.0.1:" + port);

        Process process = start("exitpool.service", environment, "");
        try {
            URI ready = URI.create("http://127.0.0.1:" + port + "/readyz");
            await().atMost(AT_MOST)
                    .until(
                            () -> {
                                assertThat(process.isAlive()).as(this::log).isTrue();
                                return answersOk(ready);
                            });
        } finally {
            process.destroy();
        }
        assertEnded(process);
    }

    private void shouldRunTheAgent(LocalStack stack) throws Exception {
        Map<String, String> environment = environment("exitpool-agent.env", "agent");
        writeConfig(stack, "agent.properties", "");
        writeWg();

        Process process = start("exitpool-agent@.service", environment, "wg0");
        try {
            Path epoch = directory.resolve("agent").resolve(environment.get("SERVER") + ".epoch");
            await().atMost(AT_MOST)
                    .until(
                            () -> {
                                assertThat(process.isAlive()).as(this::log).isTrue();
                                return Files.exists(epoch) && log().contains("begins with 0 live");
                            });
        } finally {
            process.destroy();
        }
        assertEnded(process);
    }

    /** What systemd gives a unit beside its environment file. */
    private Map<String, String> environment(String file, String state) throws IOException {
        Map<String, String> environment = new HashMap<>(UnitFile.environment(file));
        environment.put("CREDENTIALS_DIRECTORY", directory.toString());
        environment.put("STATE_DIRECTORY", directory.resolve(state).toString());
        return environment;
    }

    private void writeConfig(LocalStack stack, String name, String more) throws IOException {
        Files.writeString(
                directory.resolve(name),
                "bootstrap.servers=%s\nschema.registry.url=%s\n%s\n"
                        .formatted(
                                stack.connection().bootstrapServers(),
                                stack.connection().registryUrl(),
                                more));
    }

    /** An interface without peers. */
    private void writeWg() throws IOException {
        Path bin = Files.createDirectories(directory.resolve("bin"));
        String key = "A".repeat(43) + "=";
        Path wg =
                Files.writeString(
                        bin.resolve("wg"),
                        "#!/bin/sh\nprintf '%s\\t%s\\t51820\\toff\\n'\n".formatted(key, key));
        assertThat(wg.toFile().setExecutable(true)).isTrue();
    }

    private Process start(String unit, Map<String, String> environment, String instance)
            throws IOException {
        List<String> command =
                UnitFile.of(unit).command(environment, instance).stream()
                        .map(UnitFilesIT::asBuilt)
                        .toList();
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("log").toFile());
        builder.environment().putAll(environment);
        builder.environment()
                .merge("PATH", directory.resolve("bin").toString(), (old, own) -> own + ":" + old);
        return builder.start();
    }

    /** The places of an installation, as they are in this build. */
    private static String asBuilt(String word) {
        return switch (word) {
            case "/usr/bin/java" -> Path.of(System.getProperty("java.home"), "bin/java").toString();
            case "/opt/exitpool/exitpool.jar" ->
                    Path.of("target/exitpool.jar").toAbsolutePath().toString();
            default -> word;
        };
    }

    private void assertEnded(Process process) throws InterruptedException {
        assertThat(process.waitFor(AT_MOST.toSeconds(), TimeUnit.SECONDS)).as(this::log).isTrue();
        assertThat(process.exitValue()).as(this::log).isEqualTo(ENDED_BY_SIGTERM);
    }

    private String log() {
        try {
            return Files.readString(directory.resolve("log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static boolean answersOk(URI address) throws IOException, InterruptedException {
        try {
            return HttpClient.newHttpClient()
                            .send(HttpRequest.newBuilder(address).build(), discarding())
                            .statusCode()
                    == 200;
        } catch (ConnectException e) {
            return false;
        }
    }

    /** A machine without systemd skips this; in CI its absence is a failure. */
    private static void requireSystemd() {
        boolean there =
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(bin -> Files.isExecutable(Path.of(bin, "systemd-analyze")));
        if (!there) {
            String missing = "systemd-analyze is not on the PATH: install Debian's package systemd";
            if (System.getenv("CI") != null) {
                throw new IllegalStateException(missing);
            }
            abort("skipped: " + missing);
        }
    }

    private static String output(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        return process.waitFor() + ":" + output;
    }
}
