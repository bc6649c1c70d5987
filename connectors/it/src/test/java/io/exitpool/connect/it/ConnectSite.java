package io.exitpool.connect.it;

import io.exitpool.demo.stack.LocalStack;
import io.exitpool.demo.stack.StateDirectory;
import io.exitpool.schemas.connection.Connection;
import io.exitpool.schemas.topic.Topic;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/**
 * A broker, a registry with our schemas, our topics, and a Connect worker; all of a test class's
 * own, gone when it closes.
 */
public final class ConnectSite implements AutoCloseable {

    private final StateDirectory directory;
    private final LocalStack stack;
    private final ConnectWorker worker;

    private ConnectSite(StateDirectory directory, LocalStack stack, ConnectWorker worker) {
        this.directory = directory;
        this.stack = stack;
        this.worker = worker;
    }

    /** Returns once the worker answers. */
    public static ConnectSite open() {
        return open(Map.of());
    }

    /**
     * The same with variables in the worker's environment.
     *
     * @param environment variables that the connectors' configurations name as {@code ${env:NAME}}
     */
    public static ConnectSite open(Map<String, String> environment) {
        StateDirectory directory = StateDirectory.open(Optional.empty());
        try {
            LocalStack stack = LocalStack.start(directory.path(), LocalStack.Ports.ANY, line -> {});
            try {
                ConnectWorker worker =
                        ConnectWorker.start(
                                stack.connection(),
                                directory.path().resolve("connect"),
                                environment);
                return new ConnectSite(directory, stack, worker);
            } catch (RuntimeException e) {
                stack.close();
                throw e;
            }
        } catch (RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    public Connection connection() {
        return stack.connection();
    }

    public ConnectWorker worker() {
        return worker;
    }

    /** A directory for the test's files. */
    public Path directory() {
        return directory.path();
    }

    /** A producer of one topic's records. */
    public <T extends SpecificRecord> Feed<T> feed(Topic<T> topic) {
        return new Feed<>(connection(), topic);
    }

    @Override
    public void close() {
        worker.close();
        stack.close();
        directory.close();
    }
}
