package io.exitpool.bench.latency;

import io.exitpool.bench.report.Output;
import io.exitpool.bench.stack.App;
import io.exitpool.bench.stack.Broker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Measures every variant at every rate, in turns. In each round each application is started, warmed
 * up once, measured at all rates, and stopped: a start at every rate would spend more time on
 * warming than on measuring. From round to round another one is the first.
 */
final class LatencyBench {
    /** At 100 events/s nothing would be compiled in 20 s. */
    private static final int LEAST_WARM_UP_RATE = 2_000;

    /** More would leave floor B, which commits at a fixed interval, behind. */
    private static final int MOST_WARM_UP_RATE = 10_000;

    /** A broker compiles for longer: half a minute on, that was still a third of its work. */
    private static final int BROKER_WARM_UPS = 3;

    /** For queues and batches to become those of the rate. */
    private static final Duration SETTLE = Duration.ofSeconds(2);

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
            bench.warmUp(stand);
            for (int number = 1; number <= plan.rounds(); number++) {
                for (int turn = 0; turn < plan.variants().size(); turn++) {
                    int which = (turn + number - 1) % plan.variants().size();
                    bench.measure(stand, plan.variants().get(which), number);
                }
            }
        }
        return List.copyOf(bench.rounds);
    }

    /** The broker and this machine, before the first application that counts. */
    private void warmUp(Stand stand) {
        try (App app = stand.start(Variant.LOOP);
                Load load = stand.load(Variant.LOOP, app)) {
            for (int i = 0; i < BROKER_WARM_UPS; i++) {
                warmUp(load);
            }
        }
        output.say("the broker is warm");
    }

    private void measure(Stand stand, Variant variant, int number) {
        try (App app = stand.start(variant);
                Load load = stand.load(variant, app)) {
            warmUp(load);
            stand.awaitCaughtUp(variant);
            for (int rate : plan.rates()) {
                Sample sample = load.run(rate, SETTLE, plan.measured(), seed(number, rate));
                rounds.add(new Round(number, rate, variant, sample));
                output.say(line(number, rate, variant, sample));
            }
        }
    }

    /** Warmed up at a lower rate, an application would compile while the highest is measured. */
    private void warmUp(Load load) {
        int highest = Collections.max(plan.rates());
        int rate = Math.max(LEAST_WARM_UP_RATE, Math.min(highest, MOST_WARM_UP_RATE));
        load.run(rate, plan.warmUp(), Duration.ZERO, plan.seed());
    }

    /** Of the times at which events are due: the same for all variants of a round. */
    private long seed(int number, int rate) {
        return plan.seed() + 1_000_003L * number + rate;
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
