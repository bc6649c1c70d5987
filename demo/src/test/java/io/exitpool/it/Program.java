package io.exitpool.it;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program of the machine, run to its end. */
final class Program {
    private static final long PATIENCE_SECONDS = 300;

    private final List<String> command = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();

    private Program(String program) {
        command.add(program);
    }

    /**
     * @param output what it wrote to both of its outputs
     */
    record Result(int exitCode, String output) {}

    static Program of(String program) {
        return new Program(program);
    }

    /**
     * A program of the PATH that a stranger's machine may lack: the test is skipped then, in one
     * line, but fails in CI.
     *
     * @param debianPackage that has it
     */
    static Program required(String name, String debianPackage) {
        boolean there =
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(directory -> Files.isExecutable(Path.of(directory, name)));
        if (!there) {
            String missing =
                    name + " is not on the PATH: install Debian's package " + debianPackage;
            if (System.getenv("CI") != null) {
                throw new IllegalStateException(missing);
            }
            abort("skipped: " + missing);
        }
        return new Program(name);
    }

    Program with(String... arguments) {
        command.addAll(List.of(arguments));
        return this;
    }

    /** Where its own PATH begins. */
    Program searching(Path directory) {
        environment.put("PATH", directory + File.pathSeparator + System.getenv("PATH"));
        return this;
    }

    Result run() throws IOException, InterruptedException {
        Path output = Files.createTempFile("program", ".out");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new IllegalStateException("did not end: " + command.get(0));
            }
            return new Result(
                    process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
        } finally {
            Files.delete(output);
        }
    }
}
