package io.exitpool.bench.stack;

import io.exitpool.bench.jvm.Child;
import io.exitpool.schemas.connection.Connection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A Kafka broker and a schema registry in a Java machine of their own, with Exitpool's schemas and
 * topics. It is the demo's broker, with the demo's settings; what it holds is in its directory.
 */
public final class Broker implements AutoCloseable {
    /** The broker's heap; the file cache is the system's. */
    public static final String HEAP = "1g";

    private static final Duration START_WITHIN = Duration.ofSeconds(90);

    private final Child child;
    private final Connection connection;
    private final int partitions;
    private final Path directory;

    private Broker(Child child, Connection connection, int partitions, Path directory) {
        this.child = child;
        this.connection = connection;
        this.partitions = partitions;
        this.directory = directory;
    }

    /**
     * Starts one and waits until it serves.
     *
     * @param directory of its data and its log, {@code broker.log}
     * @param partitions of the topics that are keyed by server
     */
    public static Broker start(Path directory, int partitions) {
        Child child =
                Child.start(
                        "the broker",
                        BrokerMain.class,
                        List.of("-Xms" + HEAP, "-Xmx" + HEAP),
                        List.of(directory.toString(), Integer.toString(partitions)),
                        directory.resolve("broker.log"));
        try {
            String[] where = child.await(BrokerMain.READY, START_WITHIN).split(" ");
            Connection connection =
                    Connection.of(
                            Map.of(
                                    Connection.BOOTSTRAP_SERVERS, where[0],
                                    Connection.REGISTRY_URL, where[1]));
            return new Broker(child, connection, partitions, directory);
        } catch (RuntimeException e) {
            child.kill();
            throw e;
        }
    }

    /** Where it is, for clients of all kinds. */
    public Connection connection() {
        return connection;
    }

    /** Partitions of the topics that are keyed by server. */
    public int partitions() {
        return partitions;
    }

    /** Where its data and its log are. */
    public Path directory() {
        return directory;
    }

    public long pid() {
        return child.pid();
    }

    @Override
    public void close() {
        child.close();
    }
}
