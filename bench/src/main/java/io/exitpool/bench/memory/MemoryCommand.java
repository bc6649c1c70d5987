package io.exitpool.bench.memory;

import io.exitpool.bench.BenchOptions;
import io.exitpool.bench.instance.Instance;
import io.exitpool.bench.leases.DecisionTap;
import io.exitpool.bench.leases.LeasePlan;
import io.exitpool.bench.leases.LiveLeases;
import io.exitpool.bench.leases.Patience;
import io.exitpool.bench.leases.Speaker;
import io.exitpool.bench.load.FleetShape;
import io.exitpool.bench.report.Output;
import io.exitpool.bench.report.Table;
import io.exitpool.bench.stack.Broker;
import io.exitpool.demo.stack.StateDirectory;
import io.exitpool.streams.config.Part;
import io.exitpool.streams.config.Setting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code exitpool bench memory}: what full pools take. */
@Command(
        name = "memory",
        description = {
            "Starts the application without a pool, looks what it takes, fills its pools to 60 %%"
                    + " and looks again; each time after its garbage was collected.",
            "With the allocation alone, and with the insight beside it."
        },
        mixinStandardHelpOptions = true)
public final class MemoryCommand implements Callable<Integer> {
    private static final Pattern SHAPE = Pattern.compile("(\\d{1,6})x(\\d{1,5})");
    private static final int PARTITIONS = 12;
    private static final double MIB = 1 << 20;
    private static final Duration RUNNING_WITHIN = Duration.ofMinutes(2);
    private static final Duration LINGER = Duration.ofMillis(20);
    private static final String WITH_INSIGHT = "with insight";

    @Spec private CommandSpec command;
    @Mixin private BenchOptions options;

    @Option(
            names = "--shapes",
            paramLabel = "SERVERSxSLOTS",
            split = ",",
            defaultValue = "700x91,10000x60",
            description = "Fleets, one after another. Default: 700x91,10000x60.")
    private List<String> shapes;

    @Option(
            names = "--heap",
            paramLabel = "SIZE",
            defaultValue = "512m",
            description = "Limit of the application's heap, as -Xmx takes it. Default: 512m.")
    private String heap;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "A setting of the application, as docs/configuration.md has them.")
    private Map<String, String> settings = Map.of();

    @Override
    public Integer call() {
        List<LeasePlan> plans = shapes.stream().map(this::plan).toList();
        try (StateDirectory directory = options.open()) {
            Output output = options.begin();
            List<MemoryResult> results = new ArrayList<>();
            for (LeasePlan plan : plans) {
                for (String parts : List.of(Part.ALLOCATION.label(), WITH_INSIGHT)) {
                    Path own = directory.path().resolve("run-" + results.size());
                    results.add(measure(plan, parts, own));
                }
            }
            tell(output, results);
        }
        return 0;
    }

    private LeasePlan plan(String shape) {
        Matcher matcher = SHAPE.matcher(shape);
        if (!matcher.matches()) {
            throw new ParameterException(
                    command.commandLine(),
                    "--shapes are servers x slots, such as 700x91, not " + shape);
        }
        int servers = options.atLeast("the servers of a shape", number(matcher, 1), 1);
        // A pool keeps a slot free, and a lease is what is looked for.
        int slots = options.atLeast("the slots of a shape", number(matcher, 2), 2);
        return LeasePlan.ofFleet(FleetShape.uniform(servers, slots));
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }

    private MemoryResult measure(LeasePlan plan, String parts, Path directory) {
        Map<String, String> all = new TreeMap<>(settings);
        all.put(Setting.ONLY.key(), parts.equals(WITH_INSIGHT) ? "" : parts);
        // The heap begins small, so that what is resident is what was needed.
        List<String> jvm = List.of("-Xms32m", "-Xmx" + heap);
        try (Broker broker = Broker.start(directory.resolve("broker"), PARTITIONS);
                Instance instance = new Instance("exitpool", broker, directory, all, jvm)) {
            instance.start();
            Patience.await(
                    "the application at work",
                    RUNNING_WITHIN,
                    () -> instance.readiness().partitions() == PARTITIONS);
            MemorySample empty = MemorySample.of(instance);
            fill(broker, plan);
            return new MemoryResult(plan, parts, empty, MemorySample.of(instance));
        }
    }

    private void fill(Broker broker, LeasePlan plan) {
        try (Speaker speaker = new Speaker(broker.connection(), LINGER);
                DecisionTap tap = DecisionTap.open(broker.connection())) {
            LiveLeases.fill(broker.connection(), plan, speaker, tap, options.seed());
        }
    }

    private void tell(Output output, List<MemoryResult> results) {
        Table table =
                new Table(
                        "servers",
                        "slots",
                        "leases",
                        "parts",
                        "pools",
                        "resident MiB",
                        "peak",
                        "heap",
                        "of",
                        "RocksDB",
                        "direct",
                        "metaspace",
                        "threads",
                        "B/slot",
                        "heap B/lease");
        for (MemoryResult result : results) {
            row(table, result, "none", result.empty(), "", "");
            row(
                    table,
                    result,
                    "60 % full",
                    result.full(),
                    result.residentBytesPerSlot(),
                    result.heapBytesPerLease());
        }
        output.say("after a full collection; heap at most " + heap);
        output.say(table.toString());
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("heap", heap);
        report.put("settings", settings);
        report.put("results", results.stream().map(MemoryResult::report).toList());
        output.end(report);
    }

    private static void row(
            Table table,
            MemoryResult result,
            String pools,
            MemorySample sample,
            Object perSlot,
            Object perLease) {
        table.row(
                "%,d".formatted(result.plan().servers().size()),
                result.plan().fleet().slots(),
                result.plan().leases(),
                result.parts(),
                pools,
                sample.resident() / MIB,
                sample.peak() / MIB,
                sample.heap() / MIB,
                sample.heapCommitted() / MIB,
                sample.rocksDb() / MIB,
                sample.direct() / MIB,
                sample.metaspace() / MIB,
                sample.threads(),
                perSlot,
                perLease);
    }
}
