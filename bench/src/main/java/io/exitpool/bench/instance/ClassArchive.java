package io.exitpool.bench.instance;

import io.exitpool.bench.stack.App;
import io.exitpool.bench.stack.Broker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The classes that an instance loads, in a file that the Java machine maps (application class-data
 * sharing), instead of reading them from jars and checking each. The image has such a file.
 */
public final class ClassArchive {
    private ClassArchive() {}

    /**
     * Makes one of what an instance loads until it is at work, and stops it.
     *
     * @return options of a Java machine that uses it
     * @throws IllegalStateException if the Java machine left none
     */
    public static List<String> make(Broker broker, Path directory) {
        Path archive = directory.resolve("classes.jsa");
        App training =
                App.launch(
                        broker,
                        directory.resolve("training"),
                        Map.of(),
                        List.of("-XX:ArchiveClassesAtExit=" + archive));
        training.awaitRunning();
        training.close();
        if (!Files.exists(archive)) {
            throw new IllegalStateException(
                    "the Java machine left no class archive: it makes them of jars only, so run"
                            + " the built program, ./exitpool bench recovery");
        }
        return List.of("-XX:SharedArchiveFile=" + archive);
    }
}
