package io.exitpool.streams.app;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.exitpool.core.pool.AllocationSettings;
import io.exitpool.schemas.wire.Wire;
import io.exitpool.streams.allocation.AllocationMonitor;
import io.exitpool.streams.allocation.AllocationParts;
import io.exitpool.streams.allocation.AllocationTopology;
import io.exitpool.streams.allocation.RocksDbMemory;
import io.exitpool.streams.app.StartException.Kind;
import io.exitpool.streams.config.AppConfig;
import io.exitpool.streams.config.HostPort;
import io.exitpool.streams.config.StreamsSettings;
import io.exitpool.streams.http.Health;
import io.exitpool.streams.http.HttpServer;
import io.exitpool.streams.http.Metrics;
import io.exitpool.streams.http.PoolStatuses;
import io.exitpool.streams.http.StatusFollower;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One instance of the allocation: Kafka Streams with its topology, and beside it health, metrics
 * and pool status over HTTP. It holds nothing that is not in Kafka; a stop is clean when it commits
 * first, and an unclean one costs a restore, never a decision.
 */
public final class AllocationApp implements AutoCloseable {
    /** How long {@link #close} takes at most. */
    public static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(AllocationApp.class);

    private final boolean named;
    private final Wire wire;
    private final Metrics metrics;
    private final Health health;
    private final Optional<HttpServer> http;
    private final Optional<StatusFollower> follower;
    private final RocksDbMemory memory;
    private final ThreadFailures failures;
    private final KafkaStreams streams;
    private final CompletableFuture<Void> running = new CompletableFuture<>();
    private final CompletableFuture<KafkaStreams.State> stopped = new CompletableFuture<>();
    private boolean closed;

    private AllocationApp(
            AppConfig config,
            AllocationSettings settings,
            int partitions,
            SchemaRegistryClient registry) {
        named = config.instanceId().isPresent();
        wire = new Wire(registry, config.connection().autoRegister());
        metrics = new Metrics();
        AllocationMonitor monitor =
                new AllocationMonitor(metrics.registry(), InstantSource.system());
        health = new Health(monitor::partitions, InstantSource.system());
        PoolStatuses statuses = new PoolStatuses();
        http = config.http().map(where -> listen(where, health, metrics, statuses));
        follower = config.http().map(where -> new StatusFollower(config.connection(), statuses));
        memory = new RocksDbMemory(config.rocksDbMemoryBytes());
        metrics.gauge(
                "exitpool.rocksdb.memory.bytes",
                "What all RocksDB stores take, of rocksdb.memory.bytes",
                memory::usedBytes);
        failures = new ThreadFailures(InstantSource.system());
        AllocationParts parts =
                new AllocationParts(
                        wire,
                        settings,
                        AllocationParts.SECURE_RANDOM,
                        config.tickInterval(),
                        partitions,
                        monitor);
        streams = streams(StreamsSettings.of(config, monitor, memory), parts);
        streams.setUncaughtExceptionHandler(failures);
        streams.setStateListener(this::stateChanged);
        metrics.bind(streams);
    }

    /** Starts an instance with the rules' own settings. */
    public static AllocationApp start(AppConfig config) {
        return start(config, AllocationSettings.DEFAULT);
    }

    /**
     * Starts an instance. It returns when all is checked and under way, not when it allocates; see
     * {@link #awaitRunning}.
     *
     * @param settings the rules' settings; a demo divides their durations
     * @throws StartException when something must be done first
     */
    public static AllocationApp start(AppConfig config, AllocationSettings settings) {
        LOG.info("Settings: {}", config.masked());
        int partitions = TopicCheck.partitions(config.connection());
        SchemaRegistryClient registry = config.connection().registry();
        SchemaCheck.check(config.connection(), registry);
        LostChangelog.heal(config.connection());
        createStateDir(config);
        AllocationApp app = new AllocationApp(config, settings, partitions, registry);
        app.follower.ifPresent(StatusFollower::start);
        app.streams.start();
        return app;
    }

    /**
     * Waits until every partition of this instance is restored and allocated.
     *
     * @throws IllegalStateException if that takes longer, or the instance stops instead
     */
    public void awaitRunning(Duration atMost) {
        try {
            running.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    "the allocation is not running after %d s, but %s; its log says why"
                            .formatted(atMost.toSeconds(), streams.state()),
                    e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "the allocation stopped before it ran; its log says why", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Waits until the instance stops; whether it was told to. */
    public boolean awaitStopped() throws InterruptedException {
        try {
            return stopped.get() == KafkaStreams.State.NOT_RUNNING;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    public KafkaStreams.State state() {
        return streams.state();
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
        failures.stopping();
        http.ifPresent(HttpServer::close);
        follower.ifPresent(StatusFollower::close);
        GroupMembershipOperation membership =
                named
                        ? GroupMembershipOperation.REMAIN_IN_GROUP
                        : GroupMembershipOperation.LEAVE_GROUP;
        CloseOptions closing = CloseOptions.groupMembershipOperation(membership);
        // First the threads are told, then the wait for a registry that is down is ended.
        streams.close(closing.withTimeout(Duration.ZERO));
        wire.close();
        boolean clean = streams.close(closing.withTimeout(CLOSE_TIMEOUT));
        metrics.close();
        if (clean) {
            memory.close();
        } else {
            // RocksDB may still use its memory; the process ends, and the state is restored.
            LOG.warn("The allocation did not stop within {} s", CLOSE_TIMEOUT.toSeconds());
        }
        stopped.complete(streams.state());
    }

    private KafkaStreams streams(Map<String, Object> settings, AllocationParts parts) {
        try {
            StreamsConfig config = new StreamsConfig(settings);
            return new KafkaStreams(AllocationTopology.build(config, parts), config);
        } catch (KafkaException e) {
            http.ifPresent(HttpServer::close);
            metrics.close();
            memory.close();
            throw new StartException(
                    Kind.LOCAL,
                    ("Kafka Streams cannot be set up (%s): is another instance running "
                                    + "in the same --state-dir, or a kafka.* setting wrong?")
                            .formatted(e.getMessage()),
                    e);
        }
    }

    private void stateChanged(KafkaStreams.State now, KafkaStreams.State before) {
        health.changed(now);
        LOG.info("The allocation is {} (was {})", now, before);
        if (now == KafkaStreams.State.RUNNING) {
            running.complete(null);
        }
        if (now.hasCompletedShutdown()) {
            running.completeExceptionally(new IllegalStateException("it is " + now));
            stopped.complete(now);
        }
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
