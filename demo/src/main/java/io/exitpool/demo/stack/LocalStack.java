package io.exitpool.demo.stack;

import io.confluent.kafka.schemaregistry.CompatibilityLevel;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.exitpool.demo.broker.LocalBroker;
import io.exitpool.demo.registry.LocalRegistry;
import io.exitpool.operator.topics.TopicCreation;
import io.exitpool.operator.topics.TopicReport;
import io.exitpool.schemas.connection.Connection;
import io.exitpool.schemas.topic.Topic;
import io.exitpool.schemas.topic.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.InterruptException;

/**
 * A broker and a registry in this JVM, with Exitpool's schemas registered and its topics created:
 * everything that the allocation and its clients need. What it holds survives {@link #close()} in
 * its directory.
 */
public final class LocalStack implements AutoCloseable {

    /**
     * Where to listen on the loopback interface; 0 is any free port, or the last one used from the
     * same directory.
     */
    public record Ports(int broker, int registry) {

        public static final Ports ANY = new Ports(0, 0);
    }

    /** What the project promises of its schemas. */
    private static final String LEVEL = CompatibilityLevel.BACKWARD_TRANSITIVE.name;

    private static final Duration TOPICS_WITHIN = Duration.ofSeconds(20);

    private final LocalBroker broker;
    private final LocalRegistry registry;
    private final Connection connection;

    private LocalStack(LocalBroker broker, LocalRegistry registry) {
        this.broker = broker;
        this.registry = registry;
        this.connection =
                Connection.of(
                        Map.of(
                                Connection.BOOTSTRAP_SERVERS,
                                broker.bootstrapServers(),
                                Connection.REGISTRY_URL,
                                registry.url()));
    }

    /**
     * Starts it and prepares schemas and topics.
     *
     * @param progress takes a line for each step
     */
    public static LocalStack start(Path directory, Ports ports, Consumer<String> progress) {
        return start(directory, ports, TopicCreation.Options.DEFAULT, progress);
    }

    /**
     * The same with another number of partitions.
     *
     * @param partitions of the topics that are keyed by server
     */
    public static LocalStack start(
            Path directory, Ports ports, int partitions, Consumer<String> progress) {
        return start(
                directory,
                ports,
                TopicCreation.Options.DEFAULT.withPartitions(partitions),
                progress);
    }

    private static LocalStack start(
            Path directory, Ports ports, TopicCreation.Options topics, Consumer<String> progress) {
        LocalBroker broker =
                LocalBroker.start(directory.resolve("kafka"), ports.broker(), Map.of());
        try {
            progress.accept("broker      " + broker.bootstrapServers());
            LocalRegistry registry =
                    LocalRegistry.start(directory.resolve("registry"), ports.registry());
            progress.accept("registry    " + registry.url());
            return prepared(new LocalStack(broker, registry), topics, progress);
        } catch (RuntimeException e) {
            broker.close();
            throw e;
        }
    }

    /** Where it is, for clients of all kinds. */
    public Connection connection() {
        return connection;
    }

    @Override
    public void close() {
        registry.close();
        broker.close();
    }

    private static LocalStack prepared(
            LocalStack stack, TopicCreation.Options topics, Consumer<String> progress) {
        try {
            stack.prepare(topics, progress);
            return stack;
        } catch (RuntimeException e) {
            stack.registry.close();
            throw e;
        }
    }

    private void prepare(TopicCreation.Options topics, Consumer<String> progress) {
        try {
            SchemaRegistryClient client = connection.registry();
            for (Topic<?> topic : Topics.all()) {
                client.updateCompatibility(topic.subject(), LEVEL);
                client.register(topic.subject(), new AvroSchema(topic.schema()));
            }
        } catch (RestClientException e) {
            throw new IllegalStateException("the schemas were not registered", e);
        } catch (IOException e) {
            throw new UncheckedIOException("the schemas were not registered", e);
        }
        progress.accept("schemas     " + Topics.all().size() + " registered");
        TopicReport report = createTopics(topics);
        progress.accept(
                "topics      %d created, %d verified"
                        .formatted(report.created().size(), report.verified().size()));
    }

    /** Creates the topics that do not exist, and waits until the broker knows them. */
    public TopicReport createTopics(TopicCreation.Options options) {
        TopicReport report = TopicCreation.run(connection, options);
        awaitTopics();
        if (!report.asDefined()) {
            throw new IllegalStateException(
                    "the topics in this directory are of another version: " + report.differences());
        }
        return report;
    }

    /** A topic is created by the controller; the broker tells clients of it a moment later. */
    private void awaitTopics() {
        long deadline = System.nanoTime() + TOPICS_WITHIN.toNanos();
        try (Admin admin = Admin.create(connection.admin())) {
            Set<String> names = new HashSet<>(Set.of(Topics.DEAD_LETTERS));
            Topics.all().forEach(topic -> names.add(topic.name()));
            while (!admin.listTopics().names().get().containsAll(names)) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("the created topics do not appear");
                }
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("the topics were not listed", e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
