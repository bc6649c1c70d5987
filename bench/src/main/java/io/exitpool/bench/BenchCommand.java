package io.exitpool.bench;

import io.exitpool.bench.core.CoreCommand;
import io.exitpool.bench.latency.LatencyCommand;
import io.exitpool.bench.memory.MemoryCommand;
import io.exitpool.bench.peers.PeersCommand;
import io.exitpool.bench.recovery.RecoveryCommand;
import io.exitpool.bench.throughput.ThroughputCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code exitpool bench}: every figure of docs/benchmarks.md has its command here. */
@Command(
        name = "bench",
        description = "Measures what Exitpool costs, beside floors and peers in the same run.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ThroughputCommand.class,
            LatencyCommand.class,
            RecoveryCommand.class,
            CoreCommand.class,
            MemoryCommand.class,
            PeersCommand.class
        },
        mixinStandardHelpOptions = true)
public final class BenchCommand implements Runnable {

    @Spec private CommandSpec command;

    @Override
    public void run() {
        throw new ParameterException(command.commandLine(), "which benchmark?");
    }
}
