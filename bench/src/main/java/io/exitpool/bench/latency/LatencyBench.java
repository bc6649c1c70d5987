package io.exitpool.bench.latency;

import io.exitpool.bench.report.Output;
import io.exitpool.bench.stack.Broker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures every variant at every rate, in turns of two seconds, so that a machine whose pace
 * changes does so for all alike. All applications of a round are there at once, and all but one are
 * stopped: an idle Exitpool still writes a Tick a second into each partition, and each Tick is a
 * commit, which is not nothing beside a floor at 100 events/s. Each round starts them anew, because
 * no two Java machines compile the same.
 */
final class LatencyBench {
    /** At 100 events/s nothing would be compiled in 20 s. */
    private static final int LEAST_WARM_UP_RATE = 2_000;

    /** More would leave floor B, which commits at a fixed interval, behind. */
    private static final int MOST_WARM_UP_RATE = 10_000;

    private static final Duration TURN = Duration.ofSeconds(2);

    /** For queues and batches to become those of the rate. */
    private static final Duration SETTLE = Duration.ofMillis(500);

    private static final int PARTITIONS = 12;

    private final Plan plan;
    private final Output output;
    private final List<Round> rounds = new ArrayList<>();

    private LatencyBench(Plan plan, Output output) {
        this.plan = plan;
        this.output = output;
    }

    /**
     * All rounds, valid or not.
     *
     * @param directory for everybody's data and logs
     */
    static List<Round> run(Plan plan, Path directory, Output output) {
        LatencyBench bench = new LatencyBench(plan, output);
        try (Broker broker = Broker.start(directory.resolve("broker"), PARTITIONS)) {
            Stand stand = new Stand(plan, broker, directory);
            for (int number = 1; number <= plan.rounds(); number++) {
                bench.round(stand, number);
            }
        }
        return List.copyOf(bench.rounds);
    }

    private void round(Stand stand, int number) {
        Map<Variant, Load> loads = new EnumMap<>(Variant.class);
        try {
            plan.variants().forEach(variant -> loads.put(variant, stand.start(variant)));
            List<Load> all = List.copyOf(loads.values());
            all.forEach(Load::pause);
            warmUp(all);
            output.say("round %d: all are warm".formatted(number));
            for (int rate : plan.rates()) {
                takeTurns(all, rate, plan.measured(), seed(number, rate));
                loads.forEach((variant, load) -> note(number, rate, variant, load.take()));
            }
        } finally {
            loads.values().forEach(Load::close);
        }
    }

    /** Warmed up at a lower rate, an application would compile while the highest is measured. */
    private void warmUp(List<Load> loads) {
        int highest = Collections.max(plan.rates());
        int rate = Math.max(LEAST_WARM_UP_RATE, Math.min(highest, MOST_WARM_UP_RATE));
        takeTurns(loads, rate, plan.warmUp(), plan.seed());
        loads.forEach(Load::take);
    }

    /** From turn to turn another one is the first; events are due at the same times for all. */
    private static void takeTurns(List<Load> loads, int rate, Duration each, long seed) {
        int turns = (int) Math.max(1, each.toMillis() / TURN.toMillis());
        for (int turn = 0; turn < turns; turn++) {
            for (int i = 0; i < loads.size(); i++) {
                Load load = loads.get((turn + i) % loads.size());
                load.run(rate, SETTLE, each.dividedBy(turns), seed + turn);
            }
        }
    }

    private long seed(int number, int rate) {
        return plan.seed() + 1_000_003L * number + 1_009L * rate;
    }

    private void note(int number, int rate, Variant variant, Sample sample) {
        rounds.add(new Round(number, rate, variant, sample));
        output.say(line(number, rate, variant, sample));
    }

    private static String line(int number, int rate, Variant variant, Sample sample) {
        return String.format(
                Locale.ROOT,
                "round %d  %5d/s  %-12s  p50 %.2f  p99 %.2f ms%s",
                number,
                rate,
                variant.label(),
                sample.waits().p50(),
                sample.waits().p99(),
                sample.lost() == 0 ? "" : "  invalid: " + sample.lost() + " events without answer");
    }
}
