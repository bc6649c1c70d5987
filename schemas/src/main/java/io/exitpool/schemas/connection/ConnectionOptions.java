package io.exitpool.schemas.connection;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The options of every command that speaks to Kafka or the registry. An option counts before the
 * environment, the environment before the file, the file before the default.
 */
public final class ConnectionOptions {

    private static final String ENVIRONMENT_PREFIX = "EXITPOOL_";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT[,...]",
            description =
                    "Kafka's brokers. Environment: EXITPOOL_BOOTSTRAP_SERVERS. Default:"
                            + " localhost:9092.")
    private String bootstrap;

    @Option(
            names = "--registry",
            paramLabel = "URL[,...]",
            description =
                    "The schema registry. Environment: EXITPOOL_SCHEMA_REGISTRY_URL. Default:"
                            + " http://localhost:8081.")
    private String registry;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "Java properties: bootstrap.servers, schema.registry.* (basic.auth.user.info,"
                            + " bearer.auth.token, ssl.*), kafka.* (passed to every Kafka client)."
                            + " Each also as environment, EXITPOOL_KAFKA_SECURITY_PROTOCOL for"
                            + " kafka.security.protocol.")
    private Path config;

    private final Map<String, String> environment;

    public ConnectionOptions() {
        this(System.getenv());
    }

    public ConnectionOptions(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** The connection that they describe; what is wrong with them is an error of usage. */
    public Connection connect() {
        Map<String, String> settings = settings();
        try {
            return Connection.of(settings);
        } catch (IllegalArgumentException e) {
            throw wrongUsage(e.getMessage(), e);
        }
    }

    /**
     * What options, environment and file say together, without defaults. The file's keys are all
     * there, also those that are no connection's: a command with settings of its own in the same
     * file divides them with {@link Connection#isKey}.
     */
    public Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(file());
        environment.forEach(
                (name, value) -> {
                    if (name.startsWith(ENVIRONMENT_PREFIX)) {
                        String key = key(name);
                        if (Connection.isKey(key)) {
                            settings.put(key, value);
                        }
                    }
                });
        if (bootstrap != null) {
            settings.put(Connection.BOOTSTRAP_SERVERS, bootstrap);
        }
        if (registry != null) {
            settings.put(Connection.REGISTRY_URL, registry);
        }
        return settings;
    }

    private static String key(String environmentName) {
        return environmentName
                .substring(ENVIRONMENT_PREFIX.length())
                .toLowerCase(Locale.ROOT)
                .replace('_', '.');
    }

    private Map<String, String> file() {
        if (config == null) {
            return Map.of();
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(config)) {
            properties.load(reader);
        } catch (NoSuchFileException e) {
            throw wrongUsage("--config: there is no file " + config, e);
        } catch (IOException | IllegalArgumentException e) {
            throw wrongUsage("--config: cannot read " + config + ": " + e.getMessage(), e);
        }
        Map<String, String> file = new HashMap<>();
        properties.stringPropertyNames().forEach(key -> file.put(key, properties.getProperty(key)));
        return file;
    }

    private RuntimeException wrongUsage(String message, Exception cause) {
        CommandLine line = command == null ? null : command.commandLine();
        return line == null
                ? new IllegalArgumentException(message, cause)
                : new ParameterException(line, message, cause);
    }
}
