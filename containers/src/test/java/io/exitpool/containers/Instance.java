package io.exitpool.containers;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Volume;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;

/**
 * One {@code exitpool run} in a container, with its stores in a volume of its name. It is ready
 * when the image's own health check says so.
 */
final class Instance implements AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofMinutes(2);
    private static final int STOP_SECONDS = 10;

    private final ContainerStack stack;
    private final String name;
    private final String volume;
    private GenericContainer<?> container;

    private Instance(ContainerStack stack, String name) {
        this.stack = stack;
        this.name = name;
        this.volume = "exitpool-it-" + name + "-" + ProcessHandle.current().pid();
    }

    /** Starts it; {@link #awaitReady} waits until it allocates. */
    static Instance start(ContainerStack stack, String name) {
        Instance instance = new Instance(stack, name);
        instance.startContainer();
        return instance;
    }

    /** Waits until its health check says that it allocates, or stands by, and keeps up. */
    Instance awaitReady() {
        Awaitility.await(name + " is healthy")
                .atMost(READY_WITHIN)
                .until(() -> health().equals("healthy"));
        return this;
    }

    /** Stops it as an operator does, SIGTERM first, and starts the same container again. */
    void restart() {
        DockerClientFactory.lazyClient()
                .restartContainerCmd(container.getContainerId())
                .withTimeout(STOP_SECONDS)
                .exec();
    }

    /** Stops it, and starts a new container of the image on the same stores. */
    void replace() {
        stop();
        startContainer();
    }

    /** The exit code of a stop with SIGTERM; 137 would be that of a kill. */
    long stop() {
        DockerClientFactory.lazyClient()
                .stopContainerCmd(container.getContainerId())
                .withTimeout(STOP_SECONDS)
                .exec();
        long exitCode = inspect().getState().getExitCodeLong();
        container.stop();
        return exitCode;
    }

    /** What it logged. */
    String log() {
        return container.getLogs();
    }

    @Override
    public void close() {
        container.stop();
        DockerClientFactory.lazyClient().removeVolumeCmd(volume).exec();
    }

    private void startContainer() {
        container =
                stack.exitpool()
                        .withCommand("run")
                        .withEnv("EXITPOOL_GROUP_INSTANCE_ID", name)
                        .withEnv("EXITPOOL_NUM_STANDBY_REPLICAS", "1")
                        .withEnv("EXITPOOL_SESSION_TIMEOUT_MS", "6000")
                        .withEnv("EXITPOOL_ROCKSDB_MEMORY_BYTES", "67108864");
        container
                .withCreateContainerCmdModifier(
                        command ->
                                command.getHostConfig()
                                        .withMemory(768L << 20)
                                        .withBinds(
                                                new Bind(volume, new Volume("/var/lib/exitpool"))))
                .start();
    }

    private String health() {
        InspectContainerResponse.ContainerState state = inspect().getState();
        if (!Boolean.TRUE.equals(state.getRunning())) {
            throw new IllegalStateException(name + " has ended: " + log());
        }
        return state.getHealth().getStatus();
    }

    private InspectContainerResponse inspect() {
        return DockerClientFactory.lazyClient()
                .inspectContainerCmd(container.getContainerId())
                .exec();
    }
}
