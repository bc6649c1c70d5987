package io.exitpool.bench.peers;

import io.exitpool.demo.port.LoopbackPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;

/**
 * A PostgreSQL cluster of our own: made anew, on a free loopback port, with a password, with every
 * setting at its default but {@code synchronous_commit}.
 */
final class PostgresServer implements RunningPeer {

    private static final String USER = "exitpool";
    private static final int CONNECTIONS_TO_SPARE = 10;

    private final NativeServer server;
    private final String url;
    private final Properties login;
    private final Fleet fleet;
    private final String version;

    private PostgresServer(NativeServer server, String url, Properties login, Fleet fleet) {
        this.server = server;
        this.url = url;
        this.login = login;
        this.fleet = fleet;
        try (Connection connection = server.await(this::ready)) {
            version =
                    connection.getMetaData().getDatabaseProductName()
                            + " "
                            + connection.getMetaData().getDatabaseProductVersion();
            fill(connection);
        } catch (SQLException e) {
            throw new PeerException("PostgreSQL could not be set up", e);
        }
    }

    static PostgresServer start(Path directory, boolean durable, int connections, Fleet fleet) {
        PostgresUser user = PostgresUser.ofThisMachine();
        Path programs = Programs.postgresqlDirectory();
        String password = UUID.randomUUID().toString();
        Path data = initialise(user.own(directory), user, programs, password);
        int port = LoopbackPort.choose(0);
        NativeServer server =
                NativeServer.start(
                        user.name(),
                        command(programs, data, port, durable, connections),
                        directory.resolve("postgres.log"));
        try {
            return new PostgresServer(
                    server,
                    "jdbc:postgresql://" + LoopbackPort.HOST + ":" + port + "/postgres",
                    login(password),
                    fleet);
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private static Path initialise(
            Path directory, PostgresUser user, Path programs, String password) {
        try {
            Path passwordFile =
                    user.own(Files.writeString(directory.resolve("password"), password));
            Path data = directory.resolve("data");
            List<String> command =
                    List.of(
                            programs.resolve("initdb").toString(),
                            "--pgdata=" + data,
                            "--username=" + USER,
                            "--auth=scram-sha-256",
                            "--pwfile=" + passwordFile,
                            "--encoding=UTF8",
                            "--locale=C");
            Path log = directory.resolve("initdb.log");
            Process process =
                    new ProcessBuilder(NativeServer.asChild(user.name(), command))
                            .directory(directory.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start();
            if (process.waitFor() != 0) {
                throw new PeerException("initdb failed: " + Files.readString(log).strip());
            }
            Files.delete(passwordFile);
            return data;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PeerException("interrupted during initdb", e);
        }
    }

    private static List<String> command(
            Path programs, Path data, int port, boolean durable, int connections) {
        return List.of(
                programs.resolve("postgres").toString(),
                "-D",
                data.toString(),
                "-c",
                "listen_addresses=" + LoopbackPort.HOST,
                "-c",
                "unix_socket_directories=",
                "-c",
                "port=" + port,
                "-c",
                "max_connections=" + (connections + CONNECTIONS_TO_SPARE),
                "-c",
                "synchronous_commit=" + (durable ? "on" : "off"));
    }

    private static Properties login(String password) {
        Properties login = new Properties();
        login.setProperty("user", USER);
        login.setProperty("password", password);
        login.setProperty("prepareThreshold", "1");
        return login;
    }

    private Optional<Connection> ready() {
        try {
            return Optional.of(DriverManager.getConnection(url, login));
        } catch (SQLException e) {
            return Optional.empty();
        }
    }

    /** The rows of a server follow each other, so that they share a page. */
    private void fill(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(PeerResource.text("postgresql.sql"));
        }
        try (PreparedStatement rows =
                connection.prepareStatement(
                        "INSERT INTO slot (server, id, address)"
                                + " SELECT s, i, inet '198.51.100.0' + i"
                                + " FROM generate_series(0, ? - 1) s, generate_series(0, ? - 1) i"
                                + " ORDER BY s, i")) {
            rows.setInt(1, fleet.servers());
            rows.setInt(2, fleet.slots());
            rows.execute();
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("VACUUM ANALYZE");
            statement.execute("CHECKPOINT");
        }
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public PeerConnection connect(int client, int clients) {
        try {
            return new PostgresConnection(
                    DriverManager.getConnection(url, login), fleet.minRestMillis());
        } catch (SQLException e) {
            throw new PeerException("could not connect to PostgreSQL", e);
        }
    }

    @Override
    public long decisions() {
        try (Connection connection = DriverManager.getConnection(url, login);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM decision")) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new PeerException("PostgreSQL could not count its decisions", e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
