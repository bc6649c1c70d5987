package io.exitpool.it;

import io.exitpool.schemas.connection.Connection;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * An agent as a program of its own. Its exit server's kernel is a file, which outlives it; it
 * brings up tunnels until there are as many as it is told.
 */
final class AgentMain {
    private AgentMain() {}

    /** Arguments: brokers, registry, server, file of the kernel, state directory, tunnels. */
    public static void main(String[] arguments) throws InterruptedException {
        Connection connection =
                Connection.of(
                        Map.of(
                                Connection.BOOTSTRAP_SERVERS,
                                arguments[0],
                                Connection.REGISTRY_URL,
                                arguments[1]));
        Kernel kernel = KernelFile.open(Path.of(arguments[3]));
        ScriptedServer server =
                new ScriptedServer(
                        connection, arguments[2], Optional.of(Path.of(arguments[4])), kernel);
        server.startAgent();
        int missing = Integer.parseInt(arguments[5]) - kernel.tunnels().size();
        server.up(Math.max(0, missing));
        new CountDownLatch(1).await();
    }
}
