package io.exitpool.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.demo.registry.LocalRegistry;
import io.exitpool.schemas.connection.Connection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.tools.AclCommand;

/**
 * A secured broker and a registry, with the principals of an inventory: made by
 * deploy/security/principals.sh itself from deploy/security/acls.csv, with Kafka's tools on its
 * PATH.
 */
final class SecuredSite implements AutoCloseable {
    private final Path directory;
    private final SecuredBroker broker;
    private final LocalRegistry registry;

    private SecuredSite(Path directory, SecuredBroker broker, LocalRegistry registry) {
        this.directory = directory;
        this.broker = broker;
        this.registry = registry;
    }

    /**
     * @param inventory lines of role and name
     */
    static SecuredSite start(Path directory, List<String> inventory) throws Exception {
        SecuredBroker broker = SecuredBroker.start(directory.resolve("kafka"));
        SecuredSite site = new SecuredSite(directory, broker, LocalRegistry.start(0));
        site.writeTools();
        site.writeInventory(inventory);
        Files.writeString(directory.resolve("admin.properties"), withoutPrefix(broker.admin()));
        Program.Result applied = site.principals("apply");
        assertThat(applied.exitCode()).as(applied.output()).isZero();
        return site;
    }

    void writeInventory(List<String> inventory) throws IOException {
        Files.write(directory.resolve("inventory.txt"), inventory);
    }

    /** Runs the script that operators are given. */
    Program.Result principals(String... arguments) throws Exception {
        return Program.of(SecuredBroker.SECURITY.resolve("principals.sh").toString())
                .searching(directory.resolve("bin"))
                .with("--bootstrap", broker.bootstrapServers())
                .with("--command-config", directory.resolve("admin.properties").toString())
                .with("--inventory", directory.resolve("inventory.txt").toString())
                .with("--secrets", directory.resolve("secrets").toString())
                .with(arguments)
                .run();
    }

    Path secret(String name) {
        return directory.resolve("secrets").resolve(name);
    }

    /** As a principal of the inventory, with the password that the script gave it. */
    Connection as(String name) {
        try {
            return as(name, Files.readString(secret(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Connection as(String name, String password) {
        return Connection.of(settings(broker.client(name, password)));
    }

    Connection asAdmin() {
        return Connection.of(settings(broker.admin()));
    }

    /** The settings of an instance that runs as this principal, both parts. */
    Map<String, String> instance(String name) throws IOException {
        Map<String, String> settings =
                settings(broker.client(name, Files.readString(secret(name))));
        settings.put("state.dir", directory.resolve("state").toString());
        settings.put("http.listen", "127.0.0.1:0");
        return settings;
    }

    private Map<String, String> settings(Map<String, String> client) {
        Map<String, String> settings = new HashMap<>(client);
        settings.put(Connection.REGISTRY_URL, registry.url());
        return settings;
    }

    @Override
    public void close() {
        registry.close();
        broker.close();
    }

    /** What Kafka's archive has as scripts, its jars have as classes. */
    private void writeTools() throws IOException {
        writeTool("kafka-acls.sh", AclCommand.class.getName());
        // Scala's object, which Java cannot name.
        writeTool("kafka-configs.sh", "kafka.admin.ConfigCommand");
    }

    private void writeTool(String name, String main) throws IOException {
        Path bin = Files.createDirectories(directory.resolve("bin"));
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Path tool =
                Files.writeString(
                        bin.resolve(name),
                        """
                        #!/bin/sh
                        exec '%s' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx128m -cp '%s' %s "$@"
                        """
                                .formatted(java, System.getProperty("java.class.path"), main));
        assertThat(tool.toFile().setExecutable(true)).isTrue();
    }

    /** As Kafka's own tools want it. */
    private static String withoutPrefix(Map<String, String> settings) {
        return settings.entrySet().stream()
                .filter(setting -> setting.getKey().startsWith(Connection.KAFKA_PREFIX))
                .map(
                        setting ->
                                setting.getKey().substring(Connection.KAFKA_PREFIX.length())
                                        + "="
                                        + setting.getValue())
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
