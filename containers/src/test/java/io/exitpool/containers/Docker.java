package io.exitpool.containers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The {@code docker} command, run at the top of the source tree as people do. */
final class Docker {

    /** The directory of {@code Dockerfile} and {@code docker-compose.yml}. */
    static final Path SOURCES = Path.of("..").toAbsolutePath().normalize();

    private static final Duration SOON = Duration.ofSeconds(20);

    private Docker() {}

    /** Whether there is an engine to talk to. */
    static boolean answers() {
        try {
            return start(Map.of(), List.of("version", "--format", "{{.Server.Version}}"))
                    .await(SOON)
                    .succeeded();
        } catch (UncheckedIOException e) {
            // No such command.
            return false;
        }
    }

    /** Whether the engine has the image already. */
    static boolean has(String image) {
        return start(Map.of(), List.of("image", "inspect", image)).await(SOON).succeeded();
    }

    /**
     * Runs {@code docker WORD...} and gives what it said.
     *
     * @throws IllegalStateException with all that it said if it fails or takes longer
     */
    static String run(Duration within, Map<String, String> environment, String... words) {
        Result result = start(environment, List.of(words)).await(within);
        if (!result.succeeded()) {
            throw new IllegalStateException(
                    "docker %s: %s%n%s"
                            .formatted(String.join(" ", words), result.end(), result.output()));
        }
        return result.output();
    }

    static String run(Duration within, String... words) {
        return run(within, Map.of(), words);
    }

    private static Running start(Map<String, String> environment, List<String> words) {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(words);
        try {
            Path output = Files.createTempFile("docker", ".log");
            ProcessBuilder builder =
                    new ProcessBuilder(command)
                            .directory(SOURCES.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            return new Running(builder.start(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Running(Process process, Path output) {

        Result await(Duration within) {
            try {
                boolean ended = process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS);
                if (!ended) {
                    process.destroyForcibly().waitFor();
                }
                String said = Files.readString(output, StandardCharsets.UTF_8);
                Files.delete(output);
                return new Result(
                        ended && process.exitValue() == 0,
                        ended
                                ? "exit code " + process.exitValue()
                                : "not done within " + within.toSeconds() + " s",
                        said);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while docker ran", e);
            }
        }
    }

    private record Result(boolean succeeded, String end, String output) {}
}
