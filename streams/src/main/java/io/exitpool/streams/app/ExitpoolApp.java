package io.exitpool.streams.app;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.exitpool.schemas.connection.Connection;
import io.exitpool.schemas.wire.Wire;
import io.exitpool.streams.allocation.AllocationMonitor;
import io.exitpool.streams.allocation.AllocationParts;
import io.exitpool.streams.allocation.AllocationTopology;
import io.exitpool.streams.app.StartException.Kind;
import io.exitpool.streams.commit.GroupCommit;
import io.exitpool.streams.config.AppConfig;
import io.exitpool.streams.config.HostPort;
import io.exitpool.streams.config.Part;
import io.exitpool.streams.config.StreamsSettings;
import io.exitpool.streams.http.Health;
import io.exitpool.streams.http.HttpServer;
import io.exitpool.streams.http.Metrics;
import io.exitpool.streams.http.PoolStatuses;
import io.exitpool.streams.http.StatusFollower;
import io.exitpool.streams.input.DeadLetters;
import io.exitpool.streams.insight.InsightMonitor;
import io.exitpool.streams.insight.InsightParts;
import io.exitpool.streams.insight.InsightTopology;
import io.exitpool.streams.store.RocksDbMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One instance of Exitpool: the allocation and the insight, each a Kafka Streams client of its own,
 * and beside them health, metrics and pool status over HTTP. It holds nothing that is not in Kafka;
 * a stop is clean when it commits first, and an unclean one costs a restore, never a decision.
 */
public final class ExitpoolApp implements AutoCloseable {
    /** How long {@link #close} takes at most. */
    public static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(ExitpoolApp.class);

    private final boolean named;
    private final Wire wire;
    private final Metrics metrics = new Metrics();
    private final Optional<HttpServer> http;
    private final Optional<StatusFollower> follower;
    private final RocksDbMemory memory;
    private final List<StreamsClient> clients = new ArrayList<>();
    private boolean closed;

    private ExitpoolApp(
            AppConfig config, Rules rules, int partitions, SchemaRegistryClient registry) {
        named = config.instanceId().isPresent();
        wire = new Wire(registry, config.connection().autoRegister());
        AllocationMonitor allocated =
                new AllocationMonitor(metrics.registry(), InstantSource.system());
        InsightMonitor counted = new InsightMonitor(metrics.registry(), InstantSource.system());
        DeadLetters deadLetters = new DeadLetters(metrics.registry());
        Health health =
                new Health(
                        config.parts(),
                        allocated::partitions,
                        counted::partitions,
                        InstantSource.system());
        metrics.bind(health);
        PoolStatuses statuses = new PoolStatuses();
        http = config.http().map(where -> listen(where, health, metrics, statuses));
        follower = config.http().map(where -> new StatusFollower(config.connection(), statuses));
        memory = new RocksDbMemory(config.rocksDbMemoryBytes());
        metrics.gauge(
                "exitpool.rocksdb.memory.bytes",
                "What all RocksDB stores take, of rocksdb.memory.bytes",
                memory::usedBytes);
        metrics.gauge(
                "exitpool.rocksdb.memory.limit.bytes",
                "What they may take: rocksdb.memory.bytes",
                config::rocksDbMemoryBytes);
        metrics.gauge(
                "exitpool.partitions.expected",
                "Partitions that the instances together must allocate",
                () -> partitions);
        GroupCommit commits = new GroupCommit();
        AllocationParts allocation =
                new AllocationParts(
                        wire,
                        rules.allocation(),
                        AllocationParts.SECURE_RANDOM,
                        config.tickInterval(),
                        partitions,
                        commits,
                        allocated,
                        deadLetters);
        InsightParts insight =
                new InsightParts(
                        wire,
                        rules.stats().withK(config.statsMinSessions()),
                        rules.alerts(),
                        rules.desk(),
                        partitions,
                        counted,
                        deadLetters);
        boolean complete = false;
        try {
            for (Part part : config.parts()) {
                clients.add(
                        new StreamsClient(
                                part,
                                StreamsSettings.of(config, part, deadLetters, memory),
                                commits,
                                settings ->
                                        part == Part.ALLOCATION
                                                ? AllocationTopology.build(settings, allocation)
                                                : InsightTopology.build(settings, insight),
                                metrics.registry(),
                                now -> health.changed(part, now)));
            }
            complete = true;
        } finally {
            if (!complete) {
                close();
            }
        }
        clients.forEach(client -> metrics.bind(client.streams()));
    }

    /** Starts an instance with the rules' own settings. */
    public static ExitpoolApp start(AppConfig config) {
        return start(config, Rules.DEFAULT);
    }

    /**
     * Starts an instance. It returns when all is checked and under way, not when it allocates; see
     * {@link #awaitRunning}.
     *
     * @param rules the rules' settings; a demo divides their durations
     * @throws StartException when something must be done first
     */
    public static ExitpoolApp start(AppConfig config, Rules rules) {
        LOG.info("Settings: {}", config.masked());
        ExitpoolApp app = prepare(config, rules);
        // Decisions first: what others read and restore would take their time.
        StreamsClient first = app.clients.get(0);
        first.start();
        app.clients.stream().skip(1).forEach(client -> client.startAfter(first));
        app.follower.ifPresent(follower -> first.onceRunning(follower::start));
        return app;
    }

    private static ExitpoolApp prepare(AppConfig config, Rules rules) {
        // An instance that restarts is waited for: the registry is asked while the brokers are.
        CompletableFuture<SchemaRegistryClient> schemas =
                CompletableFuture.supplyAsync(() -> checkedRegistry(config));
        try (Admin admin = admin(config.connection())) {
            int partitions = TopicCheck.partitions(admin, config.connection().bootstrapServers());
            if (config.parts().contains(Part.ALLOCATION)) {
                LostChangelog.heal(admin);
            }
            createStateDir(config);
            Duration session = BrokerCheck.sessionTimeout(admin, config.sessionTimeout());
            return new ExitpoolApp(
                    config.withSessionTimeout(session), rules, partitions, result(schemas));
        }
    }

    private static SchemaRegistryClient checkedRegistry(AppConfig config) {
        SchemaRegistryClient registry = config.connection().registry();
        SchemaCheck.check(config.connection(), registry, config.parts());
        return registry;
    }

    private static <T> T result(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private static Admin admin(Connection connection) {
        try {
            return Admin.create(connection.admin());
        } catch (KafkaException e) {
            throw TopicCheck.unreachable(connection.bootstrapServers(), e);
        }
    }

    /**
     * Waits until every partition of this instance is restored and at work.
     *
     * @throws IllegalStateException if that takes longer, or the instance stops instead
     */
    public void awaitRunning(Duration atMost) {
        clients.forEach(client -> client.awaitRunning(atMost));
    }

    /** Waits until a part of the instance stops; whether it was told to. */
    public boolean awaitStopped() throws InterruptedException {
        try {
            Object first =
                    CompletableFuture.anyOf(
                                    clients.stream()
                                            .map(StreamsClient::stopped)
                                            .toArray(CompletableFuture<?>[]::new))
                            .get();
            return first == KafkaStreams.State.NOT_RUNNING;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A part's state; none if this instance does not run it. */
    public Optional<KafkaStreams.State> state(Part part) {
        return clients.stream()
                .filter(client -> client.part() == part)
                .map(client -> client.streams().state())
                .findFirst();
    }

    /** Where HTTP is served, with the port that was found if any was asked for. */
    public Optional<HostPort> httpAddress() {
        return http.map(HttpServer::address);
    }

    /**
     * Stops within {@link #CLOSE_TIMEOUT}: commits what was decided and, unless the instance has a
     * name to come back to, hands its partitions over.
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        long deadline = System.nanoTime() + CLOSE_TIMEOUT.toNanos();
        http.ifPresent(HttpServer::close);
        follower.ifPresent(StatusFollower::close);
        CloseOptions closing =
                CloseOptions.groupMembershipOperation(
                        named
                                ? GroupMembershipOperation.REMAIN_IN_GROUP
                                : GroupMembershipOperation.LEAVE_GROUP);
        // First the threads are told, then the wait for a registry that is down is ended.
        clients.forEach(client -> client.stop(closing));
        wire.close();
        boolean clean = true;
        for (StreamsClient client : clients) {
            long left = Math.max(0, deadline - System.nanoTime());
            clean &= client.close(closing, Duration.ofNanos(left));
        }
        metrics.close();
        if (clean) {
            memory.close();
        }
        // Else RocksDB may still use its memory; the process ends, and the state is restored.
    }

    private static HttpServer listen(
            HostPort where, Health health, Metrics metrics, PoolStatuses statuses) {
        try {
            return HttpServer.start(where, health, metrics, statuses);
        } catch (RuntimeException e) {
            throw new StartException(
                    Kind.LOCAL,
                    "cannot listen on %s (%s): choose another with --http HOST:PORT, or --http off"
                            .formatted(where, e.getMessage()),
                    e);
        }
    }

    private static void createStateDir(AppConfig config) {
        try {
            Files.createDirectories(config.stateDir());
        } catch (IOException e) {
            throw new StartException(
                    Kind.LOCAL,
                    "cannot create the state directory %s (%s): choose another with --state-dir"
                            .formatted(config.stateDir().toAbsolutePath(), e.getMessage()),
                    e);
        }
    }
}
