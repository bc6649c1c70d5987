package io.exitpool.bench.peers;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Where the peers' programs are: on the path, or where Debian keeps those of PostgreSQL. */
final class Programs {

    private static final Path DEBIAN_POSTGRESQL = Path.of("/usr/lib/postgresql");

    private Programs() {}

    static Path redisServer() {
        return first("redis-server", searchPath(), "redis-server");
    }

    /**
     * The directory with {@code initdb} and {@code postgres}, of the highest version first. The
     * real one behind links: PostgreSQL finds its other files from there.
     */
    static Path postgresqlDirectory() {
        List<Path> directories = debianVersions();
        directories.addAll(searchPath());
        try {
            return first("initdb", directories, "postgresql").toRealPath().getParent();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path first(String program, List<Path> directories, String debianPackage) {
        return directories.stream()
                .map(directory -> directory.resolve(program))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(
                        () ->
                                new PeerException(
                                        program
                                                + " is not installed: apt-get install "
                                                + debianPackage
                                                + ", or leave this peer out with --only"));
    }

    private static List<Path> searchPath() {
        List<Path> directories = new ArrayList<>();
        for (String entry : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            if (!entry.isEmpty()) {
                directories.add(Path.of(entry));
            }
        }
        return directories;
    }

    private static List<Path> debianVersions() {
        if (!Files.isDirectory(DEBIAN_POSTGRESQL)) {
            return new ArrayList<>();
        }
        try (Stream<Path> versions = Files.list(DEBIAN_POSTGRESQL)) {
            return new ArrayList<>(
                    versions.sorted(Comparator.comparingInt(Programs::number).reversed())
                            .map(version -> version.resolve("bin"))
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int number(Path version) {
        String name = version.getFileName().toString();
        return name.matches("\\d{1,6}") ? Integer.parseInt(name) : 0;
    }
}
