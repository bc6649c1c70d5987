package io.exitpool.bench.latency;

import io.exitpool.bench.BenchOptions;
import io.exitpool.bench.report.Output;
import io.exitpool.demo.stack.StateDirectory;
import io.exitpool.streams.config.AppConfig;
import io.exitpool.streams.config.InvalidSettingException;
import io.exitpool.streams.config.Part;
import io.exitpool.streams.config.Setting;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code exitpool bench latency}: how long a start or an end waits for its decision. */
@Command(
        name = "latency",
        description = {
            "Measures how long a start or an end waits for its decision, from the moment at which"
                    + " the event is due to the moment at which a reader of committed records has"
                    + " the answer. The load is an open loop: events are due at random times of a"
                    + " fixed rate, whatever became of those before.",
            "Beside Exitpool, at the same rates and in turns of 2 s: a plain transactional loop of"
                + " Kafka's clients, which keeps nothing, and floor B, which is Kafka Streams"
                + " writing the same rows without any logic. Times are in milliseconds; broker,"
                + " app, load and others say how many cores each Java machine, and everything else"
                + " on this one, used meanwhile."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:all rounds are valid",
            "1:events were not answered within 5 s after the end of a round, or something failed",
            "2:wrong usage"
        })
public final class LatencyCommand implements Callable<Integer> {
    private static final int INVALID = 1;

    @Spec private CommandSpec command;

    @Mixin private BenchOptions options;

    @Option(
            names = "--rate",
            paramLabel = "N",
            split = ",",
            defaultValue = "100,1000,2000,10000",
            description = "Events per second, one after the other. Default: ${DEFAULT-VALUE}.")
    private List<Integer> rates;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "20",
            description = "How long each rate is measured. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--servers",
            paramLabel = "N",
            defaultValue = "700",
            description = "Exit servers of the fleet. Default: ${DEFAULT-VALUE}.")
    private int servers;

    @Option(
            names = "--variants",
            split = ",",
            paramLabel = "NAME",
            description =
                    "Which take turns: ${COMPLETION-CANDIDATES}; of the last two, which are the"
                            + " same application, one. Default: all but the last.")
    private List<Variant> variants = List.of(Variant.LOOP, Variant.FLOOR_B, Variant.ALLOCATION);

    @Option(
            names = "--floor-commit-ms",
            paramLabel = "N",
            defaultValue = "10",
            description = "Floor B's commit.interval.ms. Default: ${DEFAULT-VALUE}.")
    private int floorCommitMs;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description =
                    "A setting of Exitpool other than its default, such as commit.interval.ms=5."
                            + " Can be given several times.")
    private Map<String, String> settings = new TreeMap<>();

    @Override
    public Integer call() {
        Plan plan = plan();
        Output output = options.begin();
        try (StateDirectory directory = options.open()) {
            List<Round> rounds = LatencyBench.run(plan, directory.path(), output);
            Summary summary = Summary.of(rounds);
            output.say("\nEach round:\n" + LatencyReport.rounds(rounds));
            output.say("\nMedians of the valid rounds:\n" + LatencyReport.summary(summary));
            output.end(LatencyReport.json(plan, rounds, summary));
            return rounds.stream().allMatch(round -> round.sample().valid()) ? 0 : INVALID;
        }
    }

    private Plan plan() {
        rates.forEach(rate -> options.atLeast("--rate", rate, 1));
        return new Plan(
                List.copyOf(rates),
                Duration.ofSeconds(options.atLeast("--seconds", seconds, 1)),
                options.warmUp(),
                options.rounds(),
                options.atLeast("--servers", servers, 1),
                variants(),
                Duration.ofMillis(options.atLeast("--floor-commit-ms", floorCommitMs, 1)),
                settings(),
                options.seed());
    }

    private List<Variant> variants() {
        if (variants.containsAll(List.of(Variant.ALLOCATION, Variant.WITH_INSIGHT))) {
            throw new ParameterException(
                    command.commandLine(),
                    "--variants: ALLOCATION and WITH_INSIGHT are the same application, which"
                            + " cannot take turns with itself");
        }
        return List.copyOf(new LinkedHashSet<>(variants));
    }

    /** Wrong ones are told now, and not after the first floor was measured. */
    private Map<String, String> settings() {
        if (settings.containsKey(Setting.ONLY.key())) {
            throw new ParameterException(
                    command.commandLine(),
                    "--set %s: %s is always measured alone, both parts as WITH_INSIGHT"
                            .formatted(Setting.ONLY.key(), Part.ALLOCATION.label()));
        }
        if (settings.containsKey(Setting.SESSION_TIMEOUT_MS.key())) {
            throw new ParameterException(
                    command.commandLine(),
                    "--set %s: it is long here, because an application is stopped while others have"
                                    .formatted(Setting.SESSION_TIMEOUT_MS.key())
                            + " their turns");
        }
        try {
            AppConfig.of(settings);
        } catch (InvalidSettingException e) {
            throw new ParameterException(command.commandLine(), "--set: " + e.getMessage(), e);
        }
        return Map.copyOf(settings);
    }
}
