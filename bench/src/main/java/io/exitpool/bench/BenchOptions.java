package io.exitpool.bench;

import io.exitpool.bench.report.Machine;
import io.exitpool.bench.report.Output;
import io.exitpool.demo.stack.StateDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that every benchmark has. */
public final class BenchOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "Rounds, in each of which all variants take turns. Default: 3.")
    private int rounds;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            defaultValue = "20",
            description = "How long a variant runs before it is measured. Default: 20.")
    private int warmUp;

    @Option(
            names = "--json",
            description = "One JSON object on standard output, everything else on standard error.")
    private boolean json;

    @Option(
            names = "--dir",
            paramLabel = "PATH",
            description =
                    "Where data and logs go. Default: a temporary directory, deleted at the end.")
    private Path directory;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of everything that is drawn. Default: 1.")
    private long seed;

    /** At least 1. */
    public int rounds() {
        return atLeast("--rounds", rounds, 1);
    }

    public Duration warmUp() {
        return Duration.ofSeconds(atLeast("--warm-up", warmUp, 0));
    }

    public long seed() {
        return seed;
    }

    /** The directory of the run; to be closed at its end. */
    public StateDirectory open() {
        return StateDirectory.open(Optional.ofNullable(directory));
    }

    /** Begins the output: with the command line and the machine. */
    public Output begin() {
        Output output =
                new Output(json, command.commandLine().getOut(), command.commandLine().getErr());
        output.begin(Machine.here(), commandLine());
        return output;
    }

    /** A number of an option, or the error that says what it may be. */
    public int atLeast(String option, int value, int least) {
        if (value < least) {
            throw new ParameterException(
                    command.commandLine(), option + " is at least " + least + ", not " + value);
        }
        return value;
    }

    private String commandLine() {
        return "./exitpool "
                + String.join(" ", command.root().commandLine().getParseResult().originalArgs());
    }
}
