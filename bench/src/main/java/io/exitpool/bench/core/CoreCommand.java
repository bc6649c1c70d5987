package io.exitpool.bench.core;

import io.exitpool.bench.report.Machine;
import io.exitpool.bench.report.Output;
import io.exitpool.core.pool.PlacementPolicy;
import io.exitpool.core.pool.PoolConfig;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code exitpool bench core}: what an event costs without Kafka and without a store. */
@Command(
        name = "core",
        description = {
            "Measures the pools, the codecs and the statistics by themselves, with JMH: nanoseconds"
                    + " and bytes allocated per event, of pools that only consume what they decide."
        },
        mixinStandardHelpOptions = true)
public final class CoreCommand implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Option(
            names = "--what",
            paramLabel = "SUBJECT",
            split = ",",
            description = "Only these, separated by commas: ${COMPLETION-CANDIDATES}.")
    private Set<Subject> what = EnumSet.allOf(Subject.class);

    @Option(
            names = "--slots",
            paramLabel = "N",
            split = ",",
            defaultValue = "8,91,4096,65536",
            description = "Sizes of the pools, separated by commas. Default: ${DEFAULT-VALUE}.")
    private List<Integer> slots;

    @Option(
            names = "--placement",
            paramLabel = "POLICY",
            split = ",",
            description = "Only these placements, separated by commas: ${COMPLETION-CANDIDATES}.")
    private List<PlacementPolicy> placements = Arrays.asList(PlacementPolicy.values());

    @Option(
            names = "--forks",
            paramLabel = "N",
            defaultValue = "3",
            description =
                    "Rounds, in each of which every benchmark has a Java machine of its own."
                            + " Default: ${DEFAULT-VALUE}.")
    private int forks;

    @Option(
            names = "--warm-up",
            paramLabel = "SECONDS",
            defaultValue = "3",
            description = "How long each runs before it is measured. Default: ${DEFAULT-VALUE}.")
    private int warmUp;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "3",
            description = "How long each is measured in a round. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--json",
            description = "One JSON object on standard output, everything else on standard error.")
    private boolean json;

    @Override
    public Integer call() throws RunnerException {
        atLeast("--forks", forks, 1);
        atLeast("--warm-up", warmUp, 1);
        atLeast("--seconds", seconds, 1);
        slots.forEach(size -> atLeast("--slots", size, 2));
        slots.forEach(this::requireOnePool);
        Output output = begin();
        CoreRun run = new CoreRun(slots, placements, warmUp, seconds);
        Measured measured = new Measured();
        for (int round = 1; round <= forks; round++) {
            for (Subject subject : what) {
                output.say("round %d of %d: %s".formatted(round, forks, subject));
                run.run(subject, measured);
            }
        }
        new CoreReport(measured).tell(output);
        return ExitCode.OK;
    }

    private Output begin() {
        Output output = new Output(json, spec.commandLine().getOut(), spec.commandLine().getErr());
        List<String> arguments = spec.root().commandLine().getParseResult().originalArgs();
        output.begin(Machine.here(), "./exitpool " + String.join(" ", arguments));
        return output;
    }

    private void requireOnePool(int size) {
        if (size > PoolConfig.MAX_SLOTS) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--slots is at most " + PoolConfig.MAX_SLOTS + ", not " + size);
        }
    }

    private void atLeast(String option, int value, int least) {
        if (value < least) {
            throw new ParameterException(
                    spec.commandLine(), option + " is at least " + least + ", not " + value);
        }
    }
}
