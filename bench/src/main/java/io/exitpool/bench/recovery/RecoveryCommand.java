package io.exitpool.bench.recovery;

import io.exitpool.bench.BenchOptions;
import io.exitpool.bench.leases.LeasePlan;
import io.exitpool.bench.recovery.RecoverySettings.Ending;
import io.exitpool.bench.report.Output;
import io.exitpool.bench.report.Table;
import io.exitpool.bench.stack.App;
import io.exitpool.demo.stack.StateDirectory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code exitpool bench recovery}: how long nobody is answered after a kill. */
@Command(
        name = "recovery",
        description = {
            "Fills pools with live leases, then kills the application (SIGKILL) under a light load"
                    + " and measures, each from the kill on: until its partitions were given to"
                    + " somebody, until all of them had their pools again, and until sessions that"
                    + " began after the kill were answered.",
            "Every start that filled the pools was a real one: 700 servers, every tenth ten times"
                    + " as large as the others, pools full to 60 %%, one session to a slot. Both"
                    + " parts of the application run under its default settings."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:measured, and every lease that was asked after still had its slot",
            "1:a lease lost its slot",
            "2:wrong usage"
        })
public final class RecoveryCommand implements Callable<Integer> {
    private static final int OK = 0;
    private static final int LOST = 1;

    @Spec private CommandSpec command;
    @Mixin private BenchOptions options;

    @Option(
            names = "--leases",
            paramLabel = "N",
            split = ",",
            defaultValue = "10000,100000,1000000",
            description = "How many live, one after another. Default: 10000,100000,1000000.")
    private List<Integer> leases;

    @Option(
            names = "--standby",
            description =
                    "A second instance with num.standby.replicas=1 takes over; without it the"
                            + " killed one is started again at once, as a supervisor does.")
    private boolean standby;

    @Option(
            names = "--wiped",
            description = "The killed instance's directory is deleted before it is started again.")
    private boolean wiped;

    @Option(
            names = "--named",
            description = "Instances have names (group.instance.id). Default: none have.")
    private boolean named;

    @Option(
            names = "--class-archive",
            description =
                    "Instances start with an archive of the classes that they load, as those of the"
                            + " image do.")
    private boolean classArchive;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "100",
            description = "Starts a second, and as many ends. Default: 100.")
    private int rate;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "A setting of the application, as docs/configuration.md has them.")
    private Map<String, String> settings = Map.of();

    @Override
    public Integer call() {
        check();
        RecoverySettings recovery =
                new RecoverySettings(
                        ending(),
                        named,
                        classArchive,
                        settings,
                        rate,
                        options.rounds(),
                        options.warmUp(),
                        options.seed());
        try (StateDirectory directory = options.open()) {
            Output output = options.begin();
            output.say("a killed instance is " + inWords(recovery) + "; heap " + App.HEAP);
            List<RecoveryResult> results = new ArrayList<>();
            for (int number : leases) {
                results.add(
                        RecoveryRun.measure(
                                recovery,
                                LeasePlan.ofLeases(number),
                                directory.path().resolve("leases-" + number),
                                output));
            }
            tell(output, recovery, results);
            return results.stream().allMatch(result -> result.kept().all()) ? OK : LOST;
        }
    }

    private void check() {
        options.atLeast("--rate", rate, RecoveryRun.PARTITIONS);
        leases.forEach(number -> options.atLeast("--leases", number, RecoveryRun.LEAST_LEASES));
        if (standby && wiped) {
            throw new ParameterException(
                    command.commandLine(),
                    "--standby and --wiped exclude each other: a standby takes over while the"
                            + " killed instance stays down");
        }
    }

    private Ending ending() {
        if (standby) {
            return Ending.TAKEN_OVER;
        }
        return wiped ? Ending.WIPED : Ending.RESTARTED;
    }

    private static String inWords(RecoverySettings recovery) {
        String ending =
                switch (recovery.ending()) {
                    case RESTARTED -> "started again at once with its directory";
                    case WIPED -> "started again at once without its directory";
                    case TAKEN_OVER -> "replaced by a standby";
                };
        return ending
                + (recovery.named() ? ", under its name" : "")
                + (recovery.classArchive() ? ", with a class archive" : "")
                + (recovery.application().isEmpty() ? "" : ", with " + recovery.application());
    }

    private static void tell(
            Output output, RecoverySettings recovery, List<RecoveryResult> results) {
        Table table =
                new Table(
                        "leases",
                        "detected s",
                        "restored s",
                        "first decision s",
                        "all partitions s",
                        "state B/lease",
                        "changelog B/lease",
                        "kept");
        for (RecoveryResult result : results) {
            table.row(
                    "%,d".formatted(result.leases()),
                    result.seconds(Outage::detected),
                    result.seconds(Outage::restored),
                    result.seconds(Outage::firstDecision),
                    result.seconds(Outage::allPartitions),
                    result.stateBytesPerLease(),
                    result.changelogBytesPerLease(),
                    result.kept().kept() + " of " + result.kept().asked());
        }
        output.say("medians; the changelog is as written, before it is compacted");
        output.say(table.toString());
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("ending", recovery.ending());
        report.put("named", recovery.named());
        report.put("classArchive", recovery.classArchive());
        report.put("settings", recovery.application());
        report.put("rate", recovery.rate());
        report.put("heap", App.HEAP);
        report.put("results", results.stream().map(RecoveryResult::report).toList());
        output.end(report);
    }
}
