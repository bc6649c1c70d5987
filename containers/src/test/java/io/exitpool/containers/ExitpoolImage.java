package io.exitpool.containers;

import java.nio.file.Files;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** The images under test: what this very build has packaged, without compiling again. */
final class ExitpoolImage {

    /** Their names; not those that people build, which a test leaves alone. */
    private static final String EXITPOOL = "exitpool:it";

    private static final String CONNECT = "exitpool-connect:it";
    private static final Duration BUILT_WITHIN = Duration.ofMinutes(5);
    private static final Set<String> BUILT = new HashSet<>();

    private ExitpoolImage() {}

    /**
     * Exitpool's name; the first call builds it, and the engine's cache makes the next one free.
     */
    static String exitpool() {
        return build(EXITPOOL, "exitpool", "cli/target/exitpool.jar");
    }

    /** The Connect worker's name; the first call builds it. */
    static String connect() {
        return build(CONNECT, "connect", "connectors/worker/target/connect");
    }

    private static synchronized String build(String name, String target, String packaged) {
        if (BUILT.contains(name)) {
            return name;
        }
        if (!Files.exists(Docker.SOURCES.resolve(packaged))) {
            throw new IllegalStateException(
                    "there is no "
                            + packaged
                            + ": run mvn verify, or mvn package before this module alone");
        }
        Docker.run(
                BUILT_WITHIN,
                "build",
                "--build-arg",
                "JARS=prebuilt",
                "--target",
                target,
                "--tag",
                name,
                ".");
        BUILT.add(name);
        return name;
    }
}
