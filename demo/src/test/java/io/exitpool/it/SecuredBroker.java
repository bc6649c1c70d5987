package io.exitpool.it;

import io.exitpool.demo.port.LoopbackPort;
import io.exitpool.schemas.connection.Connection;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.UnaryOperator;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A broker and controller with TLS, SCRAM and ACLs, started from the very file that operators are
 * given, deploy/security/server.properties; here are only its ports, paths and what one node needs
 * otherwise. Nobody but the super user has a right yet.
 */
final class SecuredBroker implements AutoCloseable {
    static final String ADMIN = "admin";

    static final Path SECURITY = Path.of("..", "deploy", "security");

    private static final String STORE_PASSWORD = "of-the-stores";
    private static final String ADMIN_PASSWORD = "of-the-super-user";

    /** One node: each internal topic has one replica, and few partitions. */
    private static final Map<String, String> ONE_NODE =
            Map.of(
                    "process.roles", "broker,controller",
                    "node.id", "1",
                    "default.replication.factor", "1",
                    "offsets.topic.replication.factor", "1",
                    "offsets.topic.num.partitions", "2",
                    "transaction.state.log.replication.factor", "1",
                    "transaction.state.log.min.isr", "1",
                    "transaction.state.log.num.partitions", "2",
                    "group.initial.rebalance.delay.ms", "0",
                    "log.cleaner.dedupe.buffer.size", "16777216");

    private final Path directory;
    private final int port;
    private final KafkaRaftServer server;

    private SecuredBroker(Path directory, int port, KafkaRaftServer server) {
        this.directory = directory;
        this.port = port;
        this.server = server;
    }

    static SecuredBroker start(Path directory) throws Exception {
        Files.createDirectories(directory);
        makeStores(directory);
        int clients = LoopbackPort.choose(0);
        int brokers = LoopbackPort.freeOtherThan(clients);
        int controller = distinct(clients, brokers);
        String host = LoopbackPort.HOST;
        Map<String, String> settings = new HashMap<>();
        properties(SECURITY.resolve("server.properties"), text -> filledIn(text, directory))
                .forEach((key, value) -> settings.put(key.toString(), value.toString()));
        settings.putAll(ONE_NODE);
        settings.put(
                "listeners",
                "CLIENTS://%s:%d,BROKERS://%s:%d,CONTROLLER://%s:%d"
                        .formatted(host, clients, host, brokers, host, controller));
        settings.put(
                "advertised.listeners",
                "CLIENTS://%s:%d,BROKERS://%s:%d".formatted(host, clients, host, brokers));
        settings.put("controller.quorum.voters", "1@%s:%d".formatted(host, controller));
        Path logs = directory.resolve("logs");
        settings.put("log.dirs", logs.toString());
        KafkaConfig config = new KafkaConfig(settings, false);
        format(config, logs);
        KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
        server.startup();
        return new SecuredBroker(directory, clients, server);
    }

    String bootstrapServers() {
        return LoopbackPort.HOST + ":" + port;
    }

    /** What deploy/security/client.properties says, for a principal of this broker. */
    Map<String, String> client(String name, String password) {
        Map<String, String> settings = new HashMap<>();
        properties(
                        SECURITY.resolve("client.properties"),
                        text ->
                                filledIn(text, directory)
                                        .replace("NAME", name)
                                        .replace("PASSWORD", password))
                .forEach((key, value) -> settings.put(key.toString(), value.toString()));
        settings.put(Connection.BOOTSTRAP_SERVERS, bootstrapServers());
        return settings;
    }

    Map<String, String> admin() {
        return client(ADMIN, ADMIN_PASSWORD);
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static int distinct(int first, int second) {
        int third = LoopbackPort.freeOtherThan(first);
        return third == second ? distinct(first, second) : third;
    }

    private static String filledIn(String text, Path directory) {
        return text.replace("BROKER_HOST", LoopbackPort.HOST)
                .replace("BROKER_STORE_PASSWORD", STORE_PASSWORD)
                .replace("TRUST_STORE_PASSWORD", STORE_PASSWORD)
                .replace("/etc/kafka/", directory + "/")
                .replace("/etc/exitpool/", directory + "/");
    }

    private static Properties properties(Path file, UnaryOperator<String> change) {
        Properties properties = new Properties();
        try (Reader reader = new StringReader(change.apply(Files.readString(file)))) {
            properties.load(reader);
            return properties;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A certificate that signs itself is its own authority. */
    private static void makeStores(Path directory) throws Exception {
        String broker = directory.resolve("broker.p12").toString();
        String certificate = directory.resolve("broker.crt").toString();
        keytool(
                "-genkeypair",
                "-alias",
                "broker",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=" + LoopbackPort.HOST + ",O=Exitpool",
                "-ext",
                "SAN=ip:" + LoopbackPort.HOST,
                "-keystore",
                broker);
        keytool("-exportcert", "-alias", "broker", "-file", certificate, "-keystore", broker);
        keytool(
                "-importcert",
                "-noprompt",
                "-alias",
                "authority",
                "-file",
                certificate,
                "-keystore",
                directory.resolve("truststore.p12").toString());
    }

    private static void keytool(String... arguments) throws Exception {
        Path program = Path.of(System.getProperty("java.home"), "bin", "keytool");
        Program.Result result =
                Program.of(program.toString())
                        .with(arguments)
                        .with("-storetype", "PKCS12", "-storepass", STORE_PASSWORD)
                        .run();
        if (result.exitCode() != 0) {
            throw new IllegalStateException(result.output());
        }
    }

    private static void format(KafkaConfig config, Path logs) throws Exception {
        try (PrintStream silent = new PrintStream(OutputStream.nullOutputStream())) {
            new Formatter()
                    .setNodeId(1)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setDirectories(List.of(logs.toString()))
                    .setMetadataLogDirectory(config.metadataLogDir())
                    .setControllerListenerName("CONTROLLER")
                    .setScramArguments(
                            List.of(
                                    "SCRAM-SHA-512=[name=%s,password=%s]"
                                            .formatted(ADMIN, ADMIN_PASSWORD)))
                    .setPrintStream(silent)
                    .run();
        }
    }
}
