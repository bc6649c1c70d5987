package io.exitpool.demo.broker;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import io.exitpool.demo.port.LoopbackPort;
import io.exitpool.demo.port.TakenPortException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * A real Kafka broker in this JVM: one node that is broker and KRaft controller at once, reachable
 * from this machine only.
 *
 * <p>It exists so that the demo runs without Docker or an installed Kafka and still shows the true
 * thing: transactions, compaction and restarts are those of a production broker. Data survives
 * {@link #close()} and a later start from the same directory; a start that asks for any port gets
 * the port of the last start again while that is free, so that clients find the broker where they
 * left it.
 *
 * <p>It is no production set-up: one replica of everything, no authentication.
 */
public final class LocalBroker implements AutoCloseable {

    private static final int NODE_ID = 1;

    /** What this class decides: changing one of these would break a promise it makes. */
    private static final Set<String> FIXED_KEYS =
            Set.of(
                    "process.roles",
                    "node.id",
                    "broker.id",
                    "controller.quorum.voters",
                    "controller.quorum.bootstrap.servers",
                    "controller.listener.names",
                    "listeners",
                    "advertised.listeners",
                    "inter.broker.listener.name",
                    "listener.security.protocol.map",
                    "log.dir",
                    "log.dirs",
                    "metadata.log.dir");

    private final KafkaRaftServer server;
    private final int port;
    private final FileChannel lock;

    private LocalBroker(KafkaRaftServer server, int port, FileChannel lock) {
        this.server = server;
        this.port = port;
        this.lock = lock;
    }

    /**
     * Starts a broker and returns once it serves requests. When that fails nothing is left behind
     * but the files in {@code dataDir}.
     *
     * @param dataDir created when absent; one running broker per directory
     * @param port 1 to 65535, or 0 for the last port used from this directory, else any free one
     * @param overrides broker settings that win over the defaults here; listeners, node id and
     *     directories cannot be changed
     * @throws TakenPortException if the port is taken
     * @throws IllegalStateException if another broker uses {@code dataDir}, or if the broker does
     *     not start
     */
    public static LocalBroker start(Path dataDir, int port, Map<String, String> overrides) {
        refuseFixedKeys(overrides);
        Path logDir = dataDir.toAbsolutePath().resolve("logs");
        Path portFile = dataDir.resolve("port");
        FileChannel lock = null;
        KafkaRaftServer server = null;
        try {
            Files.createDirectories(logDir);
            lock = lock(dataDir);
            int brokerPort = LoopbackPort.choose(port, portFile);
            int controllerPort = LoopbackPort.freeOtherThan(brokerPort);
            Map<String, String> settings = new HashMap<>(defaults());
            settings.putAll(overrides);
            settings.putAll(fixed(brokerPort, controllerPort, logDir));
            KafkaConfig config = new KafkaConfig(settings, false);
            formatOnce(config, logDir);
            server = new KafkaRaftServer(config, Time.SYSTEM);
            server.startup();
            LoopbackPort.note(brokerPort, portFile);
            return new LocalBroker(server, brokerPort, lock);
        } catch (Exception e) {
            RuntimeException failure =
                    e instanceof TakenPortException taken ? taken : notStarted(dataDir, e);
            releaseQuietly(server, lock, failure);
            throw failure;
        }
    }

    /** The address for clients, as {@code host:port}. */
    public String bootstrapServers() {
        return LoopbackPort.HOST + ":" + port;
    }

    /** Stops the broker, flushing its logs, and returns when its threads have ended. Idempotent. */
    @Override
    public void close() {
        try {
            server.shutdown();
            server.awaitShutdown();
        } finally {
            unlock(lock);
        }
    }

    private static void refuseFixedKeys(Map<String, String> overrides) {
        Set<String> refused = new TreeSet<>(overrides.keySet());
        refused.retainAll(FIXED_KEYS);
        if (!refused.isEmpty()) {
            throw new IllegalArgumentException("not settable on the local broker: " + refused);
        }
    }

    /**
     * Keeps a second broker off the directory. Kafka locks it too late: a second node has by then
     * replayed and truncated the first one's metadata log, which ends in a corrupt log and in Kafka
     * halting the JVM (seen on 4.3.1).
     */
    private static FileChannel lock(Path dataDir) throws IOException {
        FileChannel channel = FileChannel.open(dataDir.resolve("lock"), CREATE, WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // Held by this very JVM: the same answer as for another process.
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        throw new IllegalStateException("another broker is running there");
    }

    private static void unlock(FileChannel lock) {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> fixed(int brokerPort, int controllerPort, Path logDir) {
        return Map.of(
                "process.roles",
                "broker,controller",
                "node.id",
                Integer.toString(NODE_ID),
                "controller.quorum.voters",
                NODE_ID + "@" + LoopbackPort.HOST + ":" + controllerPort,
                "controller.listener.names",
                "CONTROLLER",
                "listeners",
                url("PLAINTEXT", brokerPort) + "," + url("CONTROLLER", controllerPort),
                "advertised.listeners",
                url("PLAINTEXT", brokerPort),
                "inter.broker.listener.name",
                "PLAINTEXT",
                "listener.security.protocol.map",
                "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "log.dirs",
                logDir.toString());
    }

    private static Map<String, String> defaults() {
        return Map.ofEntries(
                // Topics carry a partition count and a timestamp type that matter: none by
                // accident.
                Map.entry("auto.create.topics.enable", "false"),
                // One node: every internal topic has one replica.
                Map.entry("default.replication.factor", "1"),
                Map.entry("min.insync.replicas", "1"),
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("share.coordinator.state.topic.replication.factor", "1"),
                Map.entry("share.coordinator.state.topic.min.isr", "1"),
                // Fifty partitions each, the default, only slow the start down here.
                Map.entry("offsets.topic.num.partitions", "4"),
                Map.entry("transaction.state.log.num.partitions", "4"),
                // The wait for a first group's other members: nobody else is coming.
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                Map.entry("group.streams.initial.rebalance.delay.ms", "0"),
                // Sessions as short as a fail-over test wants them; the default floor is 6 s.
                Map.entry("group.min.session.timeout.ms", "1000"),
                // How long a transaction waits when the one before it is still completing (20 ms).
                Map.entry("add.partitions.to.txn.retry.backoff.ms", "1"),
                // A killed writer holds read-committed readers until its transaction is aborted:
                // look for such transactions twice a second, not every ten seconds.
                Map.entry("transaction.abort.timed.out.transaction.cleanup.interval.ms", "500"),
                // Topics here are kept for an hour or two, in segments of ten minutes.
                Map.entry("log.retention.check.interval.ms", "60000"),
                // The default of 128 MiB is half of what this JVM needs otherwise.
                Map.entry("log.cleaner.dedupe.buffer.size", "16777216"));
    }

    private static String url(String listener, int port) {
        return listener + "://" + LoopbackPort.HOST + ":" + port;
    }

    /** Gives an empty directory its identity; a directory that has one keeps it, and its data. */
    private static void formatOnce(KafkaConfig config, Path logDir) throws Exception {
        if (Files.exists(logDir.resolve("meta.properties"))) {
            return;
        }
        try (PrintStream silent = new PrintStream(OutputStream.nullOutputStream())) {
            new Formatter()
                    .setNodeId(NODE_ID)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setDirectories(List.of(logDir.toString()))
                    .setMetadataLogDirectory(config.metadataLogDir())
                    .setControllerListenerName("CONTROLLER")
                    .setIgnoreFormatted(true)
                    .setPrintStream(silent)
                    .run();
        }
    }

    private static IllegalStateException notStarted(Path dataDir, Exception e) {
        return new IllegalStateException(
                "the local Kafka broker in " + dataDir + " did not start: " + e.getMessage(), e);
    }

    private static void releaseQuietly(
            KafkaRaftServer server, FileChannel lock, Exception failure) {
        try {
            if (server != null) {
                server.shutdown();
                server.awaitShutdown();
            }
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        } finally {
            if (lock != null) {
                unlock(lock);
            }
        }
    }
}
