package io.exitpool.connect.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The worker's Java machine: its class path is the worker's libraries and nothing of ours. */
final class WorkerProcess {

    private static final long STOP_SECONDS = 60;

    private final Process process;
    private final Path log;

    private WorkerProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * @param files what module {@code connectors/worker} built
     * @param directory has {@code worker.properties}; gets the log
     */
    static WorkerProcess start(Path files, Path directory, Map<String, String> environment) {
        if (!Files.isDirectory(files.resolve("libs"))) {
            throw new IllegalStateException(
                    files + " has no libs: build module connectors/worker first (package)");
        }
        Path log = directory.resolve("worker.log");
        ProcessBuilder builder =
                new ProcessBuilder(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx512m",
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+ExitOnOutOfMemoryError",
                                "-cp",
                                files.resolve("config") + ":" + files.resolve("libs") + "/*",
                                "org.apache.kafka.connect.cli.ConnectDistributed",
                                directory.resolve("worker.properties").toString()));
        builder.environment().putAll(environment);
        try {
            Process process =
                    builder.redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                            .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            return new WorkerProcess(process, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void stop() {
        process.destroy();
        awaitEnd();
    }

    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /**
     * @throws IllegalStateException with what it printed, if it has ended
     */
    void failIfEnded() {
        if (!process.isAlive()) {
            throw new IllegalStateException("the Connect worker ended; it printed\n" + log());
        }
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("the Connect worker did not end\n" + log());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
