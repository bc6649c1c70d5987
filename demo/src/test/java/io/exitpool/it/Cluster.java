package io.exitpool.it;

import io.exitpool.demo.stack.LocalStack;
import io.exitpool.demo.stack.StateDirectory;
import io.exitpool.operator.topics.TopicCreation;
import io.exitpool.schemas.connection.Connection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.awaitility.Awaitility;

/**
 * Broker and registry for tests, with schemas registered and topics created. One of them serves all
 * tests of a JVM, because its start costs seconds: {@link #fresh} gives it with empty topics. A
 * test that stops or breaks it starts one of its own.
 */
public final class Cluster implements AutoCloseable {

    private static Cluster shared;

    private final StateDirectory directory;
    private final LocalStack stack;

    private Cluster(StateDirectory directory, LocalStack stack) {
        this.directory = directory;
        this.stack = stack;
    }

    /** A cluster of the test's own. */
    public static Cluster start() {
        StateDirectory directory = StateDirectory.open(Optional.empty());
        return new Cluster(
                directory, LocalStack.start(directory.path(), LocalStack.Ports.ANY, line -> {}));
    }

    /** The cluster of this JVM without topics but ours, and these empty. Not to be closed. */
    public static Cluster fresh() throws Exception {
        return fresh(TopicCreation.Options.DEFAULT);
    }

    /** The same with other partitions or settings of the topics. */
    public static synchronized Cluster fresh(TopicCreation.Options options) throws Exception {
        if (shared == null) {
            shared = start();
            Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
        }
        shared.empty();
        shared.stack.createTopics(options);
        return shared;
    }

    public Connection connection() {
        return stack.connection();
    }

    @Override
    public void close() {
        stack.close();
        directory.close();
    }

    /** Nothing is left of the test before, the allocation's group and changelog included. */
    private void empty() throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(connection().admin())) {
            Awaitility.await()
                    .ignoreExceptions()
                    .until(
                            () -> {
                                admin.deleteConsumerGroups(groups(admin)).all().get();
                                return true;
                            });
            Set<String> topics = admin.listTopics().names().get();
            admin.deleteTopics(topics).all().get();
            Awaitility.await().until(() -> admin.listTopics().names().get().isEmpty());
        }
    }

    private static List<String> groups(Admin admin)
            throws ExecutionException, InterruptedException {
        return admin.listGroups().all().get().stream().map(GroupListing::groupId).toList();
    }
}
