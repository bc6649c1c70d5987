package io.exitpool.demo;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What a simulated fleet does and for how long, wherever the Exitpool runs that it talks to. */
final class WorkloadOptions {

    private static final long SEEDS = 1_000_000;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description =
                    "How long the fleet runs, such as 60s or 10m; 0 is until Ctrl-C. Default: 0.")
    private Duration duration = Duration.ZERO;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description =
                    "Seed of the workload: the same seed, the same clients and incidents. Default:"
                            + " a new one, which is printed.")
    private Long seed;

    @Option(
            names = "--rate",
            paramLabel = "X",
            description = "Multiplies how many clients come. Default: ${DEFAULT-VALUE}.")
    private double rate = 1;

    @Option(
            names = "--json",
            description =
                    "One JSON object at the end and nothing else on standard output; the progress"
                            + " goes to standard error.")
    private boolean json;

    /** How long the fleet runs; empty is until it is stopped. */
    Optional<Duration> duration() {
        return Optional.of(duration).filter(time -> !time.isZero());
    }

    /** The seed asked for, or a new one with each call. */
    long seed() {
        return seed == null ? new SecureRandom().nextLong(SEEDS) : seed;
    }

    double rate() {
        if (!(rate > 0)) {
            throw new ParameterException(
                    command.commandLine(), "--rate must be above 0, not " + rate);
        }
        return rate;
    }

    boolean json() {
        return json;
    }
}
