package io.exitpool.operator.pools;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pools}: everything an operator does with pools. */
@Command(
        name = "pools",
        mixinStandardHelpOptions = true,
        description = "Configures the exit servers' pools of addresses, and shows how they stand.",
        subcommands = {
            ApplyCommand.class,
            ViewCommands.ListCommand.class,
            ViewCommands.ShowCommand.class,
            ViewCommands.ExportCommand.class,
            EditCommands.SetAsideCommand.class,
            EditCommands.RestoreCommand.class,
            EditCommands.DrainCommand.class,
            EditCommands.UndrainCommand.class,
            EditCommands.ReleaseCommand.class,
            EditCommands.ResetEpochCommand.class,
            EditCommands.RebuildCommand.class
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:the command did what it was asked for",
            "1:refused, or not as it should be",
            "2:wrong usage",
            "3:Kafka or the schema registry cannot be reached",
            "4:pending; run the command again"
        })
public final class PoolsCommand implements Runnable {

    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing a subcommand of pools");
    }
}
