package io.exitpool.connect.it;

import static org.awaitility.Awaitility.await;

import io.exitpool.demo.port.LoopbackPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A PostgreSQL server of a test's own, from Debian's package: an empty database on a free loopback
 * port. It refuses root, so root runs it as Debian's user {@code postgres}.
 */
final class Postgres implements AutoCloseable {

    static final String USER = "exitpool";
    static final String PASSWORD = "a password of the tests";

    private static final Duration WITHIN = Duration.ofSeconds(60);
    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

    private final Path directory;
    private final int port = LoopbackPort.choose(0);
    private Process process;

    private Postgres(Path directory) {
        this.directory = directory;
    }

    /** Returns once it answers. */
    static Postgres start() {
        try {
            // Not below the tests' directory: its user may not be allowed to look in there.
            Postgres postgres = new Postgres(Files.createTempDirectory("exitpool-postgres"));
            postgres.initialise();
            postgres.run();
            return postgres;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "jdbc:postgresql://" + LoopbackPort.HOST + ":" + port + "/postgres";
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url(), USER, PASSWORD);
    }

    /** Runs a file of statements. */
    void execute(Path file) throws IOException, SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(Files.readString(file));
        }
    }

    /** Starts it, or starts it again with the same data. */
    void run() {
        process =
                child(
                        List.of(
                                bin("postgres"),
                                "-D",
                                directory.resolve("data").toString(),
                                "-c",
                                "listen_addresses=" + LoopbackPort.HOST,
                                "-c",
                                "unix_socket_directories=",
                                "-c",
                                "port=" + port));
        await("PostgreSQL answers")
                .atMost(WITHIN)
                .ignoreExceptionsInstanceOf(SQLException.class)
                .until(
                        () -> {
                            connect().close();
                            return true;
                        });
    }

    /** Ends it at once, its connections with it; the data stay. */
    void stop() {
        // SIGINT is its fast shutdown; SIGTERM would wait for the connections to end by themselves.
        awaitEnd(child(List.of("kill", "-INT", Long.toString(process.pid()))));
        awaitEnd(process);
    }

    @Override
    public void close() {
        stop();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void initialise() throws IOException {
        Path password = Files.writeString(directory.resolve("password"), PASSWORD);
        if (ROOT) {
            var user =
                    directory
                            .getFileSystem()
                            .getUserPrincipalLookupService()
                            .lookupPrincipalByName("postgres");
            Files.setOwner(directory, user);
            Files.setOwner(password, user);
        }
        awaitEnd(
                child(
                        List.of(
                                bin("initdb"),
                                "--pgdata=" + directory.resolve("data"),
                                "--username=" + USER,
                                "--auth=scram-sha-256",
                                "--pwfile=" + password,
                                "--encoding=UTF8",
                                "--locale=C")));
        if (!Files.exists(directory.resolve("data/postgresql.conf"))) {
            throw new IllegalStateException("initdb failed: " + log());
        }
    }

    /** A child that the kernel ends when this JVM is killed. */
    private Process child(List<String> program) {
        List<String> command = new ArrayList<>(List.of("setpriv", "--pdeathsig", "INT"));
        if (ROOT) {
            command.addAll(List.of("--reuid", "postgres", "--regid", "postgres", "--init-groups"));
        }
        command.add("--");
        command.addAll(program);
        try {
            return new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(
                            ProcessBuilder.Redirect.appendTo(
                                    directory.resolve("postgres.log").toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Debian keeps each version's programs in a directory of its own; the newest is taken. */
    private static String bin(String program) {
        try (Stream<Path> versions = Files.list(NeedsPeer.POSTGRESQL)) {
            return versions.map(version -> version.resolve("bin").resolve(program))
                    .filter(Files::isExecutable)
                    .max(Comparator.naturalOrder())
                    .map(Path::toString)
                    .orElseThrow();
        } catch (IOException e) {
            throw new IllegalStateException("no PostgreSQL here: apt-get install postgresql", e);
        }
    }

    private void awaitEnd(Process ending) {
        try {
            if (!ending.waitFor(WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                ending.destroyForcibly();
                throw new IllegalStateException("PostgreSQL did not end: " + log());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String log() {
        try {
            return Files.readString(directory.resolve("postgres.log"));
        } catch (IOException e) {
            return "its log cannot be read: " + e.getMessage();
        }
    }
}
