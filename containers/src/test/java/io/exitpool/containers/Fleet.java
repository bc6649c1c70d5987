package io.exitpool.containers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.command.InspectContainerResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.output.OutputFrame.OutputType;

/** A simulated fleet in a container of the image. */
final class Fleet implements AutoCloseable {

    /** What a fleet takes beside its duration: to start, to settle, and to audit. */
    private static final Duration AROUND = Duration.ofSeconds(90);

    private static final int STOP_SECONDS = 15;
    private static final long TERMINATED = 143;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final GenericContainer<?> container;

    private Fleet(GenericContainer<?> container) {
        this.container = container;
    }

    /**
     * Starts it.
     *
     * @param options of {@code exitpool demo fleet}
     */
    static Fleet start(ContainerStack stack, String... options) {
        List<String> words = new ArrayList<>(List.of("demo", "fleet", "--json"));
        words.addAll(List.of(options));
        GenericContainer<?> container = stack.exitpool().withCommand(words.toArray(String[]::new));
        container.start();
        return new Fleet(container);
    }

    /** Waits for the end of a fleet with this duration; what it says of itself. */
    JsonNode awaitEnd(Duration duration) throws JsonProcessingException {
        Awaitility.await("the fleet's end")
                .atMost(duration.plus(AROUND))
                .until(() -> Boolean.FALSE.equals(state().getRunning()));
        return report(0);
    }

    /** Ends a fleet without a duration; what it says of itself. */
    JsonNode stop() throws JsonProcessingException {
        DockerClientFactory.lazyClient()
                .stopContainerCmd(container.getContainerId())
                .withTimeout(STOP_SECONDS)
                .exec();
        return report(TERMINATED);
    }

    @Override
    public void close() {
        container.stop();
    }

    private JsonNode report(long exitCode) throws JsonProcessingException {
        String out = container.getLogs(OutputType.STDOUT);
        if (state().getExitCodeLong() != exitCode) {
            throw new IllegalStateException(
                    "the fleet ended with "
                            + state().getExitCodeLong()
                            + ": "
                            + out
                            + container.getLogs(OutputType.STDERR));
        }
        return JSON.readTree(out);
    }

    private InspectContainerResponse.ContainerState state() {
        return DockerClientFactory.lazyClient()
                .inspectContainerCmd(container.getContainerId())
                .exec()
                .getState();
    }
}
