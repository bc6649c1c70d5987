package io.exitpool.operator.pools;

import io.exitpool.operator.command.KafkaCommand;
import io.exitpool.schemas.connection.Connection;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code pools apply}: makes the fleet what a file says. */
@Command(
        name = "apply",
        mixinStandardHelpOptions = true,
        description = {
            "Makes the fleet what a file says: shows the difference and what it does to capacity,"
                    + " writes it, and waits until the allocation has taken it up.",
            "An address that moves from one server to another is given to the new one only when"
                    + " nobody can use it on the old one any more. Until then the rest is applied;"
                    + " run the command again, or use --wait.",
            "A server that the file does not name is left alone, unless --prune removes it."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:applied, or nothing to do; also when the change is stored and the allocation is not"
                    + " running",
            "1:refused (nothing was written), overtaken by another change, or not taken up",
            "2:wrong usage",
            "3:Kafka or the schema registry cannot be reached",
            "4:pending: addresses that move are not free yet; run it again"
        })
public final class ApplyCommand extends KafkaCommand {

    @Option(
            names = {"-f", "--file"},
            required = true,
            paramLabel = "FILE",
            description = "The pools file, YAML. './exitpool pools export' writes one.")
    private Path file;

    @Option(names = "--dry-run", description = "Show what would be done, and write nothing.")
    private boolean dryRun;

    @Option(
            names = "--wait",
            arity = "0..1",
            fallbackValue = "1h",
            paramLabel = "DURATION",
            description =
                    "Wait for addresses that move between servers, such as 10m; 1h when no duration"
                            + " is given.")
    private String wait;

    @Option(
            names = "--prune",
            description =
                    "Remove servers that the file does not name. Refused while sessions live on"
                            + " one that is not draining.")
    private boolean prune;

    @Option(
            names = "--no-confirm",
            description = "Do not wait until the allocation has taken it up.")
    private boolean noConfirm;

    @Option(
            names = "--unsafe-assume-free",
            description =
                    "Give out addresses even though a server holds some that no record tells any"
                            + " more, after a loss of exit-pool-configs. Only if you know that they"
                            + " are others.")
    private boolean assumeFree;

    @Option(
            names = "--json",
            description =
                    "One JSON object on standard output; how it goes is told on standard error.")
    private boolean json;

    @Override
    protected int run(Connection connection) {
        PoolsApply.Options options =
                PoolsApply.Options.DEFAULT
                        .withDryRun(dryRun)
                        .withPrune(prune)
                        .withConfirm(!noConfirm)
                        .withAssumeFree(assumeFree)
                        .withProgress(this::progress);
        if (wait != null) {
            options = options.withWait(duration(wait));
        }
        List<Plan> plans = new ArrayList<>();
        ApplyReport report;
        try {
            PoolsFile pools = PoolsFile.read(file, options.limits());
            report =
                    PoolsApply.apply(
                            connection,
                            pools,
                            options,
                            plan -> {
                                plans.add(plan);
                                if (plan.refusals().isEmpty()) {
                                    progress(PlanText.of(plan));
                                }
                            });
        } catch (PoolsFileException e) {
            report =
                    new ApplyReport(
                            Outcome.REFUSED, e.problems(), new TreeMap<>(), List.of(), List.of());
        } catch (NoSuchFileException e) {
            throw new ParameterException(spec().commandLine(), "There is no file " + file, e);
        } catch (IOException e) {
            throw new ParameterException(
                    spec().commandLine(), "Cannot read " + file + ": " + e.getMessage(), e);
        }
        show(report, plans.stream().findFirst());
        return report.outcome().exitCode();
    }

    private Duration duration(String text) {
        try {
            return Quantities.duration(text);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec().commandLine(), "--wait: " + e.getMessage(), e);
        }
    }

    private void show(ApplyReport report, Optional<Plan> plan) {
        if (json) {
            out().println(PoolsJson.text(PoolsJson.applied(report, plan)));
            out().flush();
            return;
        }
        report.problems().forEach(problem -> err().println(problem));
        report.written()
                .forEach((server, version) -> out().println(server + ": version " + version));
        report.messages().forEach(out()::println);
        out().println(ending(report));
        out().flush();
        err().flush();
    }

    private static String ending(ApplyReport report) {
        return switch (report.outcome()) {
            case UNCHANGED -> "Nothing to do.";
            case SHOWN -> "Dry run: nothing was written.";
            case APPLIED -> "Applied.";
            case STORED -> "Stored.";
            case PENDING -> "Pending.";
            case REFUSED ->
                    report.written().isEmpty()
                            ? "Refused: nothing was written."
                            : "Refused: nothing more was written.";
            case OVERTAKEN -> "Overtaken.";
            case NOT_TAKEN_UP -> "Not taken up.";
        };
    }

    /** In JSON mode a program reads the output, and a person the progress. */
    private void progress(String lines) {
        if (!lines.isEmpty()) {
            (json ? err() : out()).println(lines);
            (json ? err() : out()).flush();
        }
    }
}
