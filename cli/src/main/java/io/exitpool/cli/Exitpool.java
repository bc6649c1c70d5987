package io.exitpool.cli;

import io.exitpool.agent.AgentCommand;
import io.exitpool.bench.BenchCommand;
import io.exitpool.demo.DemoCommand;
import io.exitpool.operator.alerts.AlertsCommand;
import io.exitpool.operator.audit.AuditCommand;
import io.exitpool.operator.plan.PlanCommand;
import io.exitpool.operator.pools.PoolsCommand;
import io.exitpool.operator.schema.SchemasCommand;
import io.exitpool.operator.topics.TopicsCommand;
import io.exitpool.operator.watch.WatchCommand;
import io.exitpool.streams.app.RunCommand;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.utils.AppInfoParser;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program: all commands under one name. */
@Command(
        name = "exitpool",
        description = "Gives every VPN session its exit address.",
        mixinStandardHelpOptions = true,
        versionProvider = Exitpool.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:looked, and what was found is not as it should be",
            "2:wrong usage",
            "3:Kafka or the schema registry cannot be reached",
            "4:a part is done; the rest waits for something"
        })
public final class Exitpool implements Runnable {
    private static final List<Class<?>> COMMANDS =
            List.of(
                    TopicsCommand.class,
                    PoolsCommand.class,
                    SchemasCommand.class,
                    RunCommand.class,
                    WatchCommand.class,
                    AuditCommand.class,
                    AlertsCommand.class,
                    PlanCommand.class,
                    AgentCommand.class,
                    DemoCommand.class,
                    BenchCommand.class);

    private static final int FAILED = 1;

    @Spec private CommandSpec spec;

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "Log more, and show stack traces.")
    private boolean debug;

    public static void main(String[] args) {
        LogLevels.of(args).set();
        // Numbers read alike everywhere; and Java words them in half the time, which counts where
        // Kafka Streams words a line before each record.
        Locale.setDefault(Locale.US);
        // An error that nothing expects ends the program, whatever threads still run, such as
        // HTTP's.
        Thread.currentThread()
                .setUncaughtExceptionHandler(
                        (thread, error) -> {
                            error.printStackTrace();
                            System.exit(FAILED);
                        });
        System.exit(commandLine(args).execute(args));
    }

    /** The commands as {@link #main} runs them. */
    static CommandLine commandLine(String... args) {
        Exitpool exitpool = new Exitpool();
        CommandLine line = new CommandLine(exitpool);
        // Each command's options take a while to be found, and an instance that restarts is waited
        // for: the command that is asked for is enough.
        List<Class<?>> asked =
                COMMANDS.stream().filter(c -> args.length > 0 && named(c, args[0])).toList();
        (asked.isEmpty() ? COMMANDS : asked).forEach(line::addSubcommand);
        return line.setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(new UsageErrors())
                .setExecutionExceptionHandler(new Failures(() -> exitpool.debug));
    }

    private static boolean named(Class<?> command, String name) {
        return command.getAnnotation(Command.class).name().equals(name);
    }

    /** Without a command there is nothing to do but to say what there is. */
    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "which command?");
    }

    /** What exactly runs here. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            String built = Exitpool.class.getPackage().getImplementationVersion();
            return new String[] {
                "exitpool " + (built == null ? "(not built as a jar)" : built),
                "Kafka " + AppInfoParser.getVersion(),
                "Java " + Runtime.version()
            };
        }
    }
}
