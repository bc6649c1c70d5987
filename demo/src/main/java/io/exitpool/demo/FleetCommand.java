package io.exitpool.demo;

import io.exitpool.demo.stack.LocalStack;
import io.exitpool.demo.stack.StateDirectory;
import io.exitpool.operator.command.KafkaCommand;
import io.exitpool.schemas.connection.Connection;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code exitpool demo fleet}: the simulated fleet against brokers and instances of one's own. */
@Command(
        name = "fleet",
        description = {
            "Lets the simulated fleet of 13 exit servers speak to the brokers of --bootstrap, where"
                    + " topics and schemas are prepared and 'exitpool run' runs. Its pools, on"
                    + " documentation addresses, are applied first; other servers' pools are left"
                    + " alone. Ends with an audit.",
            "For a cluster to try things on: its clients and crashes are not real, but its records"
                    + " are."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:done, and the audit found nothing (143 when stopped by SIGTERM, as of every JVM)",
            "1:the audit found violations, or something failed",
            "2:wrong usage",
            "3:Kafka or the schema registry cannot be reached"
        })
final class FleetCommand extends KafkaCommand {

    /** Alerts and statistics have their real durations there: at 60 they would lag behind. */
    private static final double SPEED = 10;

    @Mixin private WorkloadOptions workload;

    @Option(
            names = "--speed",
            paramLabel = "X",
            description =
                    "Divides the fleet's durations: sessions, rest, lease-ttl, snapshots, outages;"
                            + " those of statistics and alerts stay as they are. At most 100."
                            + " Default: ${DEFAULT-VALUE}.")
    private double speed = SPEED;

    @Option(
            names = "--state-dir",
            paramLabel = "DIR",
            description =
                    "Keep the live tunnels here; the next run goes on from them. Default: a"
                            + " temporary directory, removed at the end.")
    private Path stateDir;

    @Override
    protected int run(Connection connection) {
        if (!DemoCommand.isSpeed(speed)) {
            throw new ParameterException(
                    spec().commandLine(), DemoCommand.SPEED_MUST_BE + ", not " + speed);
        }
        DemoSettings settings =
                new DemoSettings(
                        workload.duration(),
                        workload.seed(),
                        workload.rate(),
                        speed,
                        "",
                        Optional.ofNullable(stateDir),
                        LocalStack.Ports.ANY,
                        0,
                        DemoCommand.columns(workload.json()));
        Progress progress = new Progress(err());
        StateDirectory state = StateDirectory.open(settings.stateDir());
        try (StopSignal stop = new StopSignal(state::close);
                state) {
            DemoPools pools = DemoPools.apply(connection, DemoPools.file(), speed);
            progress.step("pools       %d applied".formatted(pools.count()));
            return new FleetRun(settings, progress, System.out, workload.json())
                    .run(state.path().resolve(FleetDemo.KERNELS), connection, pools, stop);
        }
    }
}
