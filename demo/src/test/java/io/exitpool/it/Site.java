package io.exitpool.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.demo.broker.LocalBroker;
import io.exitpool.demo.registry.LocalRegistry;
import io.exitpool.demo.stack.StateDirectory;
import io.exitpool.operator.pools.ApplyReport;
import io.exitpool.operator.pools.Limits;
import io.exitpool.operator.pools.Outcome;
import io.exitpool.operator.pools.PoolsApply;
import io.exitpool.operator.pools.PoolsFile;
import io.exitpool.operator.schema.SchemasCommand;
import io.exitpool.operator.topics.TopicCreation;
import io.exitpool.schemas.connection.Connection;
import io.exitpool.streams.app.ExitpoolApp;
import io.exitpool.streams.app.Rules;
import io.exitpool.streams.config.AppConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;

/**
 * Where one test takes place: a broker and a registry with fresh topics, a directory for whatever
 * keeps state, and instances of Exitpool, in this JVM or in one that can be killed.
 */
final class Site implements AutoCloseable {
    private static final Duration RUNNING_WITHIN = Duration.ofSeconds(60);

    private final StateDirectory directory = StateDirectory.open(Optional.empty());
    private final Connection connection;
    private final Optional<LocalBroker> broker;
    private Optional<LocalRegistry> registry;

    private Site(Connection connection) {
        this.connection = connection;
        this.broker = Optional.empty();
        this.registry = Optional.empty();
    }

    private Site(Map<String, String> brokerSettings) {
        LocalBroker own = LocalBroker.start(directory("broker"), 0, brokerSettings);
        LocalRegistry schemas = LocalRegistry.start(directory("registry"), 0);
        this.broker = Optional.of(own);
        this.registry = Optional.of(schemas);
        this.connection =
                Connection.of(
                        Map.of(
                                Connection.BOOTSTRAP_SERVERS,
                                own.bootstrapServers(),
                                Connection.REGISTRY_URL,
                                schemas.url()));
    }

    /** On the cluster of this JVM. */
    static Site onSharedCluster() {
        try {
            return new Site(Cluster.fresh().connection());
        } catch (Exception e) {
            throw new IllegalStateException("there is no cluster", e);
        }
    }

    /**
     * With a broker and a registry of its own.
     *
     * @param brokerSettings win over those of {@link LocalBroker}
     */
    static Site alone(Map<String, String> brokerSettings) {
        Site site = new Site(brokerSettings);
        Commands.Result registered = Commands.on(site).run(new SchemasCommand(), "register");
        assertThat(registered.exitCode()).as(registered::toString).isZero();
        site.createTopics();
        return site;
    }

    /** As strict as in production: nothing registers a schema by itself. */
    Connection connection() {
        return connection;
    }

    /** A place of that name, gone with the site. */
    Path directory(String name) {
        return directory.path().resolve(name);
    }

    Admin admin() {
        return Admin.create(connection.admin());
    }

    void createTopics() {
        assertThat(TopicCreation.run(connection, TopicCreation.Options.DEFAULT).asDefined())
                .isTrue();
    }

    /** The site's own registry answers nobody until it is started again, at the same address. */
    void stopRegistry() {
        registry.orElseThrow().close();
    }

    void startRegistry() {
        registry = Optional.of(LocalRegistry.start(directory("registry"), 0));
    }

    /**
     * The settings of an instance of the allocation alone, whose absence is noticed soon.
     *
     * @param name also of its state directory
     */
    Map<String, String> settings(String name) {
        Map<String, String> settings = new HashMap<>();
        settings.put(Connection.BOOTSTRAP_SERVERS, connection.bootstrapServers());
        settings.put(Connection.REGISTRY_URL, connection.registryUrl());
        settings.put("state.dir", directory(name).toString());
        settings.put("only", "allocation");
        settings.put("http.listen", "off");
        settings.put("session.timeout.ms", "3000");
        // What a killed instance wrote last keeps readers waiting for as long.
        settings.put("kafka.transaction.timeout.ms", "4000");
        return settings;
    }

    /** Starts an instance in this JVM, and waits until it allocates. */
    ExitpoolApp startAllocation(String name) {
        return startAllocation(settings(name));
    }

    ExitpoolApp startAllocation(Map<String, String> settings) {
        ExitpoolApp app = ExitpoolApp.start(AppConfig.of(settings));
        app.awaitRunning(RUNNING_WITHIN);
        return app;
    }

    /**
     * The settings of an instance that runs one part, or both.
     *
     * @param only as the setting says it
     */
    Map<String, String> settings(String name, String only) {
        Map<String, String> settings = settings(name);
        settings.put("only", only);
        return settings;
    }

    /** Starts an instance in this JVM under rules of the test, and waits until it is at work. */
    ExitpoolApp start(Map<String, String> settings, Rules rules) {
        ExitpoolApp app = ExitpoolApp.start(AppConfig.of(settings), rules);
        app.awaitRunning(RUNNING_WITHIN);
        return app;
    }

    /** Starts an instance in a JVM of its own, and does not wait. */
    ChildJvm forkAllocation(String name) {
        return forkAllocation(name, settings(name));
    }

    /**
     * @param options of the Java machine
     */
    ChildJvm forkAllocation(String name, Map<String, String> settings, String... options) {
        return ChildJvm.start(
                RunMain.class,
                directory(name + ".log"),
                List.of(options),
                List.of("--config", file(name, settings).toString()));
    }

    /** Starts an instance with short windows in a JVM of its own, and does not wait. */
    ChildJvm fork(String name, Map<String, String> settings, long minuteMillis) {
        return ChildJvm.start(
                ShortWindowsMain.class,
                directory(name + ".log"),
                List.of(file(name, settings).toString(), Long.toString(minuteMillis)));
    }

    private Path file(String name, Map<String, String> settings) {
        Properties file = new Properties();
        file.putAll(settings);
        Path config = directory(name + ".properties");
        try (Writer writer = Files.newBufferedWriter(config)) {
            file.store(writer, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return config;
    }

    /** Makes the fleet what the file says; the allocation need not run. */
    void applyPools(String yaml) {
        PoolsApply.Options options =
                PoolsApply.Options.DEFAULT.withLimits(Limits.FASTER_THAN_LIFE).withConfirm(false);
        ApplyReport report = PoolsApply.apply(connection, pools(yaml), options);
        assertThat(report.outcome()).as(report::toString).isEqualTo(Outcome.STORED);
    }

    static PoolsFile pools(String yaml) {
        return PoolsFile.parse(yaml, Limits.FASTER_THAN_LIFE);
    }

    /** Removes what an instance kept on disk. */
    void wipe(String name) {
        try (Stream<Path> files = Files.walk(directory(name))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        broker.ifPresent(LocalBroker::close);
        registry.ifPresent(LocalRegistry::close);
        directory.close();
    }
}
