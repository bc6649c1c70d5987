package io.exitpool.bench.throughput;

import io.exitpool.bench.stack.App;
import io.exitpool.bench.stack.Broker;
import io.exitpool.schemas.topic.Topics;
import io.exitpool.streams.config.Part;
import io.exitpool.streams.config.Setting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.InterruptException;

/** The variants' turns at one backlog: each begins with it unread and a clean broker. */
final class Contest {

    /**
     * How each turn is measured.
     *
     * @param events how many at most, after the warm-up
     * @param longest how long at most, after the warm-up
     */
    record Limits(Duration warmUp, long events, Duration longest) {}

    private static final double NANOS = 1e9;
    private static final long POLL_MILLIS = 50;
    private static final Duration STALLED_AFTER = Duration.ofSeconds(60);
    private static final String FLOOR_OUTPUT = "bench-answers";
    private static final String FLOOR_PREFIX = "bench-floor-";
    private static final String CHANGELOG = "-changelog";

    private final Broker broker;
    private final Path directory;
    private final Backlog backlog;
    private final Limits limits;
    private final Map<String, String> settings;
    private final Slate slate;
    private final Progress progress;
    private int turns;

    /**
     * @param settings of Exitpool and of floors alike
     */
    Contest(
            Broker broker,
            Admin admin,
            Path directory,
            Backlog backlog,
            Limits limits,
            Map<String, String> settings) {
        this.broker = broker;
        this.directory = directory;
        this.backlog = backlog;
        this.limits = limits;
        this.settings = settings;
        slate = new Slate(broker, admin);
        progress = new Progress(admin, broker.partitions());
    }

    Turn run(int round, Variant variant, int threads) {
        slate.clean();
        turns++;
        boolean ours = variant.floor().isEmpty();
        String group = ours ? Part.ALLOCATION.applicationId() : FLOOR_PREFIX + turns;
        String output = ours ? Topics.DECISIONS.name() : FLOOR_OUTPUT;
        if (!ours) {
            slate.createLikeDecisions(output);
        }
        Measured measured;
        try (App app = start(variant, group, output, threads)) {
            measured = measure(app, group, output, variant == Variant.WITH_INSIGHT);
        }
        slate.settle();
        Long checked = ours ? check(group) : null;
        return measured.turn(round, variant, checked);
    }

    private long check(String group) {
        return new DecisionCheck(broker.connection(), backlog)
                .check(progress.events(group, backlog));
    }

    private App start(Variant variant, String group, String output, int threads) {
        Map<String, String> all = new TreeMap<>(settings);
        all.put(Setting.NUM_STREAM_THREADS.key(), Integer.toString(threads));
        Path stateDir = directory.resolve("turn-" + turns);
        if (variant.floor().isPresent()) {
            return variant.floor().get().start(broker, stateDir, group, output, all);
        }
        all.put(Setting.ONLY.key(), variant.only());
        return App.start(broker, stateDir, all);
    }

    private Measured measure(App app, String group, String output, boolean withInsight) {
        RateMeter meter =
                new RateMeter(
                        limits.warmUp(), limits.events(), limits.longest(), backlog.records());
        long lastCount = 0;
        long lastProgress = System.nanoTime();
        Optional<Mark> begin = Optional.empty();
        while (true) {
            long before = System.nanoTime();
            long[] offsets = progress.events(group, backlog);
            long count = Arrays.stream(offsets).sum();
            long now = System.nanoTime();
            // How servers begin is no part of what an event costs, nor of the warm-up.
            long measured = backlog.isOpenedAt(offsets) ? count : 0;
            Optional<Rate> rate = meter.read(before + (now - before) / 2, measured);
            if (meter.measuring() && begin.isEmpty()) {
                begin = Optional.of(mark(group, output, withInsight));
            }
            if (rate.isPresent()) {
                return new Measured(
                        rate.get(), begin.orElseThrow(), mark(group, output, withInsight));
            }
            if (count > lastCount) {
                lastCount = count;
                lastProgress = now;
            }
            checkAlive(app, now - lastProgress);
            pause();
        }
    }

    private Mark mark(String group, String output, boolean withInsight) {
        String topic = Topics.DECISIONS.name();
        return new Mark(
                System.nanoTime(),
                Arrays.stream(progress.events(group, backlog)).sum(),
                slate.bytes(output::equals),
                slate.bytes(name -> name.startsWith(group + "-") && name.endsWith(CHANGELOG)),
                withInsight
                        ? Arrays.stream(progress.offsets(Part.INSIGHT.applicationId(), topic)).sum()
                        : 0,
                withInsight ? slate.end(topic) : 0,
                withInsight);
    }

    private static void checkAlive(App app, long quietNanos) {
        if (!app.isAlive()) {
            throw new NoResultException("the application ended; the log of its turn says why");
        }
        if (quietNanos > STALLED_AFTER.toNanos()) {
            throw new NoResultException(
                    "nothing was committed for " + STALLED_AFTER.toSeconds() + " s");
        }
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /**
     * How far things are at a moment.
     *
     * @param events that were read
     * @param insightRead decisions that the insight has read, if there is one
     */
    private record Mark(
            long nanos,
            long events,
            long answerBytes,
            long changelogBytes,
            long insightRead,
            long decisionsEnd,
            boolean withInsight) {}

    /** A rate, and how far things were when it began and when it was told. */
    private record Measured(Rate rate, Mark from, Mark to) {

        Turn turn(int round, Variant variant, Long checked) {
            double events = Math.max(1, to.events() - from.events());
            double seconds = (to.nanos() - from.nanos()) / NANOS;
            return new Turn(
                    round,
                    variant.label(),
                    rate.perSecond(),
                    Math.round(rate.events()),
                    rate.seconds(),
                    (to.answerBytes() - from.answerBytes()) / events,
                    (to.changelogBytes() - from.changelogBytes()) / events,
                    checked,
                    to.withInsight() ? (to.insightRead() - from.insightRead()) / seconds : null,
                    to.withInsight() ? to.decisionsEnd() - to.insightRead() : null);
        }
    }
}
