package io.exitpool.bench.throughput;

import io.exitpool.bench.BenchOptions;
import io.exitpool.bench.load.Configs;
import io.exitpool.bench.load.FleetShape;
import io.exitpool.bench.report.Output;
import io.exitpool.bench.report.Table;
import io.exitpool.bench.stack.App;
import io.exitpool.bench.stack.Broker;
import io.exitpool.demo.stack.StateDirectory;
import io.exitpool.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code exitpool bench throughput}. */
@Command(
        name = "throughput",
        description = {
            "Events a second that the allocation takes, alone and with the insight, beside two"
                    + " floors in the same run: A copies each event to one output, B writes the"
                    + " same rows and records without any logic (through Kafka Streams' own store,"
                    + " and through Exitpool's).",
            "The events are there before anybody reads them; broker, application and load are"
                    + " three Java machines. After each turn of ours, every decision is checked"
                    + " against the events that were read."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:it was measured, and every decision was right",
            "1:it could not be measured, or a decision was missing or wrong",
            "2:wrong usage"
        })
public final class ThroughputCommand implements Callable<Integer> {
    private static final int OK = 0;
    private static final int FAILED = 1;

    /** Nothing that reads from one broker on two processors is faster, as far as was seen. */
    private static final long FIRST_ESTIMATE_PER_SECOND = 400_000;

    @Mixin private BenchOptions common;

    @Option(
            names = "--servers",
            split = ",",
            paramLabel = "N",
            defaultValue = "700",
            description = "Sizes of fleets, one after the other. Default: 700.")
    private List<Integer> servers;

    @Option(
            names = "--threads",
            split = ",",
            paramLabel = "N",
            defaultValue = "1",
            description = "Threads of the application. Default: 1.")
    private List<Integer> threads;

    @Option(
            names = "--events",
            paramLabel = "N",
            defaultValue = "2000000",
            description = "Events that a turn measures at most. Default: 2000000.")
    private int events;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "60",
            description = "How long a turn measures at most. Default: 60.")
    private int seconds;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "12",
            description = "Partitions of the topics by server. Default: 12.")
    private int partitions;

    @Option(
            names = "--variants",
            split = ",",
            paramLabel = "NAME",
            description = "Which take turns: ${COMPLETION-CANDIDATES}. Default: all.")
    private List<Variant> variants = List.of(Variant.values());

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "A setting of the application, as of exitpool run; floors have it too.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Override
    public Integer call() {
        servers.forEach(number -> common.atLeast("--servers", number, 1));
        threads.forEach(number -> common.atLeast("--threads", number, 1));
        common.atLeast("--events", events, 1);
        common.atLeast("--seconds", seconds, 1);
        common.atLeast("--partitions", partitions, 1);
        common.rounds();
        Output output = common.begin();
        output.say(
                "heap of the broker %s, of the application %s; %d partitions; exactly once"
                        .formatted(Broker.HEAP, App.HEAP, partitions));
        List<Result> results = new ArrayList<>();
        try (StateDirectory directory = common.open()) {
            for (int size : servers) {
                results.addAll(fleet(size, directory.path(), output));
            }
        } catch (NoResultException e) {
            output.say("no result: " + e.getMessage());
            return FAILED;
        }
        tell(results, output);
        return OK;
    }

    private List<Result> fleet(int size, Path directory, Output output) {
        FleetShape fleet = FleetShape.mixed(size, common.seed());
        Path own = directory.resolve("fleet-" + size);
        List<Result> results = new ArrayList<>();
        try (Broker broker = Broker.start(own.resolve("broker"), partitions);
                Admin admin = Admin.create(broker.connection().admin())) {
            Slate slate = new Slate(broker, admin);
            slate.keepEvents();
            Configs.write(broker.connection(), fleet, Configs.PoolRules.DEFAULT);
            Backlog backlog = backlog(broker, fleet, output);
            double bytes =
                    (double) slate.bytes(Topics.SESSION_EVENTS.name()::equals) / backlog.events();
            Contest.Limits limits =
                    new Contest.Limits(common.warmUp(), events, Duration.ofSeconds(seconds));
            Contest contest = new Contest(broker, admin, own, backlog, limits, settings);
            for (int number : threads) {
                List<Turn> turns = turns(contest, size, number, output);
                results.add(Result.of(size, fleet.slots(), number, bytes, turns));
            }
        }
        return results;
    }

    private Backlog backlog(Broker broker, FleetShape fleet, Output output) {
        long wanted = common.warmUp().toSeconds() * FIRST_ESTIMATE_PER_SECOND + events;
        long begin = System.nanoTime();
        Backlog backlog =
                Backlog.write(broker.connection(), fleet, partitions, common.seed(), wanted);
        output.say(
                "%,d servers, %,d slots: %,d events written in %d s, %s"
                        .formatted(
                                fleet.servers(),
                                fleet.slots(),
                                backlog.events(),
                                Duration.ofNanos(System.nanoTime() - begin).toSeconds(),
                                backlog.kinds()));
        return backlog;
    }

    private List<Turn> turns(Contest contest, int size, int number, Output output) {
        List<Turn> turns = new ArrayList<>();
        for (int round = 1; round <= common.rounds(); round++) {
            for (Variant variant : variants) {
                Turn turn = contest.run(round, variant, number);
                turns.add(turn);
                output.say(line(size, number, turn));
            }
        }
        return turns;
    }

    private static String line(int size, int number, Turn turn) {
        String told =
                String.format(
                        Locale.ROOT,
                        "%,d servers, %d threads, round %d: %-18s %,9.0f events/s (%,d in %.1f s)",
                        size,
                        number,
                        turn.round(),
                        turn.variant(),
                        turn.eventsPerSecond(),
                        turn.events(),
                        turn.seconds());
        if (turn.decisions() != null) {
            told += String.format(Locale.ROOT, "; %,d decisions, all right", turn.decisions());
        }
        if (turn.insightBehind() != null) {
            told +=
                    String.format(
                            Locale.ROOT,
                            "; insight read %,.0f/s and was %,d behind",
                            turn.insightPerSecond(),
                            turn.insightBehind());
        }
        return told;
    }

    private static void tell(List<Result> results, Output output) {
        List<FlatCost> costs = FlatCost.of(results);
        output.say("");
        output.say(medians(results).toString());
        output.say("");
        output.say(ratios(results).toString());
        if (!costs.isEmpty()) {
            output.say("");
            output.say(flat(costs).toString());
        }
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("brokerHeap", Broker.HEAP);
        report.put("applicationHeap", App.HEAP);
        report.put("results", results);
        report.put("flatCost", costs);
        output.end(report);
    }

    private static Table medians(List<Result> results) {
        Table table =
                new Table(
                        "median",
                        "servers",
                        "threads",
                        "events/s",
                        "decision B/event",
                        "changelog B/event");
        for (Result result : results) {
            for (String variant : result.medians().keySet()) {
                Turn one =
                        result.turns().stream()
                                .filter(turn -> turn.variant().equals(variant))
                                .findFirst()
                                .orElseThrow();
                table.row(
                        variant,
                        result.servers(),
                        result.threads(),
                        Math.round(result.medians().get(variant)),
                        one.decisionBytesPerEvent(),
                        one.changelogBytesPerEvent());
            }
        }
        return table;
    }

    private static Table ratios(List<Result> results) {
        Table table = new Table("ratio of medians", "servers", "threads", "ratio");
        for (Result result : results) {
            result.ratios()
                    .forEach(
                            (ratio, value) ->
                                    table.row(ratio, result.servers(), result.threads(), value));
        }
        return table;
    }

    private static Table flat(List<FlatCost> costs) {
        Table table = new Table("cost of an event", "servers", "against", "threads", "ratio");
        for (FlatCost cost : costs) {
            table.row(
                    cost.variant(),
                    cost.servers(),
                    cost.against(),
                    cost.threads(),
                    cost.costRatio());
        }
        return table;
    }
}
