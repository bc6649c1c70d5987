package io.exitpool.demo;

import io.exitpool.demo.registry.LocalRegistry;
import io.exitpool.demo.stack.StateDirectory;
import io.exitpool.streams.config.HostPort;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code exitpool demo registry}: the demo's schema registry as a process of its own. */
@Command(
        name = "registry",
        description = {
            "Serves the demo's small schema registry: Confluent's REST API as far as producers,"
                + " consumers and Exitpool's commands use it. It takes the real one's place where"
                + " that cannot be had. One process, no login, no deletion: not for production."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "2:wrong usage, or the address cannot be had",
            "143:stopped by SIGTERM, as of every JVM"
        })
final class RegistryCommand implements Callable<Integer> {

    private static final int OK = 0;
    private static final int USAGE = 2;
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    @Spec private CommandSpec spec;

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            description = "Where it listens. Default: ${DEFAULT-VALUE}.")
    private String listen = "127.0.0.1:8081";

    @Option(
            names = "--state-dir",
            paramLabel = "DIR",
            description =
                    "Keep the schemas and their ids here; records in topics outlive the registry"
                            + " and need the same ids again. Default: a temporary directory,"
                            + " removed at the end.")
    private Path stateDir;

    @Override
    public Integer call() {
        HostPort where = where();
        Progress progress = new Progress(spec.commandLine().getErr());
        StateDirectory state = StateDirectory.open(Optional.ofNullable(stateDir));
        try (StopSignal stop = new StopSignal(state::close);
                state;
                LocalRegistry registry = LocalRegistry.serve(state.path(), where)) {
            progress.step("registry    " + registry.url());
            while (!stop.await(LOOK_EVERY)) {
                // The registry's own threads do the work.
            }
            return OK;
        } catch (UncheckedIOException e) {
            progress.say(e.getMessage());
            return USAGE;
        }
    }

    private HostPort where() {
        try {
            return HostPort.parse(listen);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(), "--listen must be HOST:PORT, not " + listen, e);
        }
    }
}
