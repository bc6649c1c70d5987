package io.exitpool.demo;

import io.exitpool.demo.port.LoopbackPort;
import io.exitpool.demo.port.TakenPortException;
import io.exitpool.demo.stack.LocalStack;
import io.exitpool.streams.config.Part;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code exitpool demo}: all of Exitpool in one process, with a simulated fleet or a capture. */
@Command(
        name = "demo",
        description = {
            "Runs everything in this process: a Kafka broker, a schema registry, allocation,"
                + " insight and a simulated fleet of 13 exit servers whose clients come and go,"
                + " whose machines crash and whose reports get lost. Ends with an audit of its own"
                + " topics. Other clients can connect to the printed addresses meanwhile.",
            "With --dumps it replays a capture of 'wg show dump' for one server instead, and prints"
                    + " its sessions with their addresses."
        },
        mixinStandardHelpOptions = true,
        subcommands = {FleetCommand.class, RegistryCommand.class},
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:done, and the audit found nothing (130 after Ctrl-C, as of every JVM)",
            "1:the audit found violations, or something failed",
            "2:wrong usage, a port is taken, or the state directory is in use"
        })
public final class DemoCommand implements Callable<Integer> {

    private static final int USAGE = 2;

    /** See {@link #isSpeed}. */
    private static final double FASTEST = 100;

    /** Set by the launcher when standard output is a terminal. */
    private static final String COLUMNS = "exitpool.columns";

    static final String SPEED_MUST_BE = "--speed must be above 0 and at most " + (int) FASTEST;

    @Spec private CommandSpec command;

    @Mixin private WorkloadOptions workload;

    @Option(
            names = "--speed",
            paramLabel = "X",
            description =
                    "Divides every duration: sessions, rest, lease-ttl, snapshots, outages. At 60 a"
                            + " second stands for a minute, and every kind of incident comes once a"
                            + " minute. At most 100. Default: ${DEFAULT-VALUE}.")
    private double speed = 60;

    @Option(
            names = "--only",
            paramLabel = "PART",
            description =
                    "Runs one part only: allocation leaves statistics and alerts out, to see what"
                            + " they cost. Default: both.")
    private String only = "";

    @Option(
            names = "--state-dir",
            paramLabel = "DIR",
            description =
                    "Keep broker, registry, stores and live tunnels here; the next run goes on from"
                            + " them. Default: a temporary directory, removed at the end.")
    private Path stateDir;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "The broker's port on 127.0.0.1. Default: a free one.")
    private int port;

    @Option(
            names = "--registry-port",
            paramLabel = "PORT",
            description = "The registry's port on 127.0.0.1. Default: a free one.")
    private int registryPort;

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            description =
                    "The port of health, metrics and pool status on 127.0.0.1. Default: a free"
                            + " one.")
    private int httpPort;

    @Option(
            names = "--dumps",
            paramLabel = "FILE",
            description =
                    "Replay this capture of 'wg show INTERFACE dump' instead of the simulated"
                            + " fleet, as fast as it goes.")
    private Path dumps;

    @Option(
            names = "--server",
            paramLabel = "NAME",
            description = "The server that the capture is of. Default: ${DEFAULT-VALUE}.")
    private String server = "se-sto-wg-208";

    @Override
    public Integer call() {
        check();
        PrintStream out = System.out;
        Progress progress = new Progress(command.commandLine().getErr());
        try {
            IntStream.of(port, registryPort, httpPort).forEach(LoopbackPort::choose);
            return dumps == null
                    ? new FleetDemo(settings(), progress, out, workload.json()).run()
                    : new DumpDemo(settings(), progress, out, workload.json()).run(dumps, server);
        } catch (TakenPortException | DemoException e) {
            progress.say(e.getMessage());
            return USAGE;
        }
    }

    private DemoSettings settings() {
        return new DemoSettings(
                workload.duration(),
                workload.seed(),
                workload.rate(),
                speed,
                only,
                Optional.ofNullable(stateDir),
                new LocalStack.Ports(port, registryPort),
                httpPort,
                columns(workload.json()));
    }

    /** Width of the terminal, where there is one and it is to be drawn on. */
    static Optional<Integer> columns(boolean json) {
        return Optional.ofNullable(Integer.getInteger(COLUMNS)).filter(number -> !json);
    }

    private void check() {
        require(
                only.isEmpty() || only.equals(Part.ALLOCATION.label()),
                "--only must be allocation: without it nobody gets an address, not " + only);
        require(isSpeed(speed), SPEED_MUST_BE + ", not " + speed);
        checkPort("--port", port);
        checkPort("--registry-port", registryPort);
        checkPort("--http-port", httpPort);
        require(dumps == null || Files.isReadable(dumps), "--dumps: cannot read " + dumps);
        require(
                server.matches("[a-z0-9-]{1,63}"),
                "--server: a name is 1 to 63 of a-z, 0-9 and -, not '" + server + "'");
    }

    /** At a higher speed a pool's lease-ttl of 5 minutes is less than 3 seconds: too few Ticks. */
    static boolean isSpeed(double speed) {
        return speed > 0 && speed <= FASTEST;
    }

    private void checkPort(String option, int value) {
        require(
                value >= 0 && value <= 65_535,
                option + " must be 1 to 65535, or 0 for a free one, not " + value);
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new ParameterException(command.commandLine(), otherwise);
        }
    }
}
