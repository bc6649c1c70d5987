package io.exitpool.operator.pools;

import io.exitpool.operator.pools.ConfigWriter.Write;
import io.exitpool.schemas.PoolConfig;
import io.exitpool.schemas.PoolStatus;
import io.exitpool.schemas.connection.Connection;
import io.exitpool.schemas.connection.TopicReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Makes the fleet what a file says. Every step is planned from the log alone, so that a run that
 * was interrupted, or that did not wait, is taken up by running it again with the same file.
 */
public final class PoolsApply {

    /**
     * How to apply.
     *
     * @param dryRun shows the plan and writes nothing
     * @param prune removes servers that the file does not name
     * @param waitFor how long to wait for addresses that move between servers; not at all if empty
     * @param confirm waits until the allocation has taken up what was written
     * @param assumeFree takes addresses that no configuration lists and nobody is known to use for
     *     free, although a server uses addresses that no record tells
     * @param limits what a pool may be
     * @param progress takes lines that tell how it goes
     */
    public record Options(
            boolean dryRun,
            boolean prune,
            Optional<Duration> waitFor,
            boolean confirm,
            boolean assumeFree,
            Limits limits,
            Consumer<String> progress) {

        /** Confirms, waits for nothing, prunes nothing, says nothing. */
        public static final Options DEFAULT =
                new Options(
                        false, false, Optional.empty(), true, false, Limits.STANDARD, line -> {});

        public Options {
            Objects.requireNonNull(waitFor, "waitFor");
            Objects.requireNonNull(limits, "limits");
            Objects.requireNonNull(progress, "progress");
        }

        public Options withDryRun(boolean is) {
            return new Options(is, prune, waitFor, confirm, assumeFree, limits, progress);
        }

        public Options withPrune(boolean is) {
            return new Options(dryRun, is, waitFor, confirm, assumeFree, limits, progress);
        }

        public Options withWait(Duration atMost) {
            return new Options(
                    dryRun, prune, Optional.of(atMost), confirm, assumeFree, limits, progress);
        }

        public Options withConfirm(boolean is) {
            return new Options(dryRun, prune, waitFor, is, assumeFree, limits, progress);
        }

        public Options withAssumeFree(boolean is) {
            return new Options(dryRun, prune, waitFor, confirm, is, limits, progress);
        }

        public Options withLimits(Limits other) {
            return new Options(dryRun, prune, waitFor, confirm, assumeFree, other, progress);
        }

        public Options withProgress(Consumer<String> other) {
            return new Options(dryRun, prune, waitFor, confirm, assumeFree, limits, other);
        }
    }

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PROGRESS_EVERY = Duration.ofSeconds(30);

    private final PoolsFile file;
    private final Options options;
    private final ConfigStore store;
    private final Confirmation confirmation;
    private final SortedMap<String, Long> written = new TreeMap<>();
    private final List<String> messages = new ArrayList<>();
    private final Consumer<Plan> planned;
    private FleetState state;
    private Optional<Plan> shown = Optional.empty();

    private PoolsApply(
            PoolsFile file,
            Options options,
            ConfigStore store,
            Confirmation confirmation,
            Consumer<Plan> planned) {
        this.file = file;
        this.options = options;
        this.store = store;
        this.confirmation = confirmation;
        this.planned = planned;
    }

    /**
     * Applies the file. What an operator can cure is in the report; what is thrown is Kafka's or
     * the registry's trouble.
     */
    public static ApplyReport apply(Connection connection, PoolsFile file, Options options) {
        return apply(connection, file, options, plan -> {});
    }

    /**
     * The same.
     *
     * @param planned takes each plan before it is written
     */
    static ApplyReport apply(
            Connection connection, PoolsFile file, Options options, Consumer<Plan> planned) {
        List<Problem> problems = PoolsFileChecks.check(file, options.limits());
        if (!problems.isEmpty()) {
            return new ApplyReport(
                    Outcome.REFUSED, problems, new TreeMap<>(), List.of(), List.of());
        }
        try (ConfigStore store = new ConfigStore(connection);
                Confirmation confirmation = new Confirmation(connection)) {
            return new PoolsApply(file, options, store, confirmation, planned).run();
        }
    }

    private ApplyReport run() {
        try {
            return steps(System.nanoTime() + options.waitFor().orElse(Duration.ZERO).toNanos());
        } catch (OvertakenException e) {
            messages.add(e.getMessage());
            return report(Outcome.OVERTAKEN, List.of(), List.of());
        }
    }

    private ApplyReport steps(long deadline) {
        state = store.read();
        Plan plan = plan();
        show(plan);
        if (options.dryRun() && plan.refusals().isEmpty()) {
            return report(Outcome.SHOWN, List.of(), plan.waiting());
        }
        while (plan.refusals().isEmpty()) {
            if (!plan.writes().isEmpty()) {
                plan = write();
            } else if (!plan.waiting().isEmpty() && beyondNow(deadline)) {
                plan = follow(plan, deadline);
            } else {
                return done(plan.waiting());
            }
        }
        return report(Outcome.REFUSED, plan.refusals(), List.of());
    }

    private ApplyReport done(List<Waiting> waiting) {
        Outcome outcome = confirmed();
        if (waiting.isEmpty() || outcome.exitCode() != Outcome.APPLIED.exitCode()) {
            return report(outcome, List.of(), waiting);
        }
        messages.add(
                waiting.size()
                        + (waiting.size() == 1 ? " slot waits" : " slots wait")
                        + " for addresses to become free: run the command again, or with --wait");
        return report(Outcome.PENDING, List.of(), waiting);
    }

    private Plan plan() {
        return Planner.plan(file, state, options.prune(), options.assumeFree());
    }

    private void show(Plan plan) {
        if (!shown.equals(Optional.of(plan))) {
            shown = Optional.of(plan);
            planned.accept(plan);
        }
    }

    /** Plans anew from what is read behind closed doors, writes that, and plans what follows. */
    private Plan write() {
        try (ConfigWriter writer = store.writer()) {
            state = store.read();
            Plan plan = plan();
            show(plan);
            if (!plan.refusals().isEmpty() || plan.writes().isEmpty()) {
                return plan;
            }
            List<Write> writes = plan.writes().stream().map(PoolsApply::record).toList();
            writer.write(writes);
            for (ServerPlan server : plan.writes()) {
                written.put(server.server(), server.note().version());
                confirmation.await(server.server(), server.after().map(PoolConfig::getVersion));
            }
        }
        state = store.read();
        return plan();
    }

    private static Write record(ServerPlan plan) {
        return new Write(plan.server(), plan.after(), plan.note(), Optional.empty());
    }

    /** Waits until a status lets the plan go on, or the deadline passes. */
    private Plan follow(Plan waitingPlan, long deadline) {
        Plan plan = waitingPlan;
        long nextLine = System.nanoTime();
        while (beyondNow(deadline)) {
            if (nextLine - System.nanoTime() <= 0) {
                options.progress().accept(PlanText.waiting(plan.waiting()));
                nextLine = System.nanoTime() + PROGRESS_EVERY.toNanos();
            }
            List<TopicReader.Entry<PoolStatus>> news = confirmation.poll(POLL);
            if (!news.isEmpty()) {
                news.forEach(this::note);
                plan = plan();
                if (!plan.writes().isEmpty() || plan.waiting().isEmpty()) {
                    return plan;
                }
            }
        }
        return plan;
    }

    private void note(TopicReader.Entry<PoolStatus> status) {
        state =
                status.isTombstone()
                        ? state.without(status.key(), status.timestamp())
                        : state.with(status.key(), status.value());
    }

    private Outcome confirmed() {
        if (written.isEmpty()) {
            return Outcome.UNCHANGED;
        }
        if (!options.confirm()) {
            return Outcome.STORED;
        }
        return confirmation.await(messages::add);
    }

    private static boolean beyondNow(long deadline) {
        return deadline - System.nanoTime() > 0;
    }

    private ApplyReport report(Outcome outcome, List<Problem> problems, List<Waiting> waiting) {
        return new ApplyReport(outcome, problems, written, waiting, messages);
    }
}
