package io.exitpool.containers;

import io.exitpool.schemas.connection.Connection;
import java.time.Duration;
import java.util.Map;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.output.OutputFrame.OutputType;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;

/**
 * A broker and a registry on a Docker network, with Exitpool's topics and schemas prepared by the
 * image's own commands. Tests reach both through mapped ports.
 */
final class ContainerStack implements AutoCloseable {

    private static final String KAFKA = "apache/kafka:4.3.1";
    private static final String BROKER = "broker:19092";
    private static final String REGISTRY = "registry";
    private static final int REGISTRY_PORT = 8081;
    private static final Duration STARTED_WITHIN = Duration.ofMinutes(2);

    private final String image;
    private final Network network = Network.newNetwork();
    private final KafkaContainer broker =
            new KafkaContainer(KAFKA)
                    .withNetwork(network)
                    .withListener(BROKER)
                    .withStartupTimeout(STARTED_WITHIN)
                    .withEnv("KAFKA_HEAP_OPTS", "-Xms256m -Xmx256m")
                    .withEnv("KAFKA_LOG_CLEANER_DEDUPE_BUFFER_SIZE", "16777216")
                    .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                    .withEnv("KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS", "4")
                    .withEnv("KAFKA_TRANSACTION_STATE_LOG_NUM_PARTITIONS", "4")
                    .withEnv("KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS", "1500")
                    .withEnv("KAFKA_ADD_PARTITIONS_TO_TXN_RETRY_BACKOFF_MS", "1")
                    .withEnv(
                            "KAFKA_TRANSACTION_ABORT_TIMED_OUT_TRANSACTION_CLEANUP_INTERVAL_MS",
                            "500");
    private final GenericContainer<?> registry;

    private ContainerStack(String image) {
        this.image = image;
        registry =
                exitpool()
                        .withCommand(
                                "demo",
                                "registry",
                                "--listen",
                                "0.0.0.0:" + REGISTRY_PORT,
                                "--state-dir",
                                "/tmp/registry")
                        .withNetworkAliases(REGISTRY)
                        .withExposedPorts(REGISTRY_PORT)
                        .waitingFor(Wait.forHttp("/subjects").forPort(REGISTRY_PORT));
    }

    /** Starts it and prepares schemas and topics. */
    static ContainerStack start() {
        ContainerStack stack = new ContainerStack(ExitpoolImage.exitpool());
        try {
            stack.registry.start();
            stack.broker.start();
            stack.command("schemas", "register");
            stack.command("topics", "create");
            return stack;
        } catch (RuntimeException e) {
            stack.close();
            throw e;
        }
    }

    /** Where broker and registry are for this machine. */
    Connection connection() {
        return Connection.of(
                Map.of(
                        Connection.BOOTSTRAP_SERVERS,
                        broker.getBootstrapServers(),
                        Connection.REGISTRY_URL,
                        "http://localhost:" + registry.getMappedPort(REGISTRY_PORT)));
    }

    /**
     * Runs a command of the image to its end; what it printed.
     *
     * @throws RuntimeException if its exit code is not 0
     */
    String command(String... words) {
        try (GenericContainer<?> once = exitpool().withCommand(words)) {
            once.withStartupCheckStrategy(
                            new OneShotStartupCheckStrategy().withTimeout(STARTED_WITHIN))
                    .start();
            return once.getLogs(OutputType.STDOUT);
        }
    }

    /** A container of the image on the network, as hardened as the image can bear it. */
    GenericContainer<?> exitpool() {
        return new GenericContainer<>(image)
                .withNetwork(network)
                .withEnv("EXITPOOL_BOOTSTRAP_SERVERS", BROKER)
                .withEnv("EXITPOOL_SCHEMA_REGISTRY_URL", "http://" + REGISTRY + ":" + REGISTRY_PORT)
                .withTmpFs(Map.of("/tmp", "exec,mode=1777"))
                .withCreateContainerCmdModifier(
                        command -> command.getHostConfig().withReadonlyRootfs(true))
                .withStartupTimeout(STARTED_WITHIN);
    }

    @Override
    public void close() {
        registry.stop();
        broker.stop();
        network.close();
    }
}
