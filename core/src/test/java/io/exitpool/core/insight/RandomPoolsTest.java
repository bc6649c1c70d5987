package io.exitpool.core.insight;

import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.core.Seed;
import io.exitpool.core.decision.RejectCause;
import io.exitpool.core.decision.Rung;
import io.exitpool.core.pool.PoolCounters;
import io.exitpool.core.pool.PoolStatus;
import io.exitpool.core.stats.Fact;
import io.exitpool.core.stats.Histogram;
import io.exitpool.core.stats.Load;
import io.exitpool.core.stats.MinuteSums;
import io.exitpool.core.stats.PoolSize;
import io.exitpool.core.stats.StatsSettings;
import io.exitpool.core.stats.WindowStats;
import io.exitpool.core.stats.WindowStats.Distribution;
import io.exitpool.core.stats.WindowStats.GapDistribution;
import io.exitpool.core.stats.WindowStats.Occupancy;
import io.exitpool.core.stats.WindowStats.Traffic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The statistics of random pools are those that a naive recomputation finds, in whatever order the
 * two topics are mixed and however often they are put together anew from their rows.
 */
class RandomPoolsTest {
    private static final long MILLIS = 12 * 60_000;
    private static final String[] SERVERS = {"se-sto-wg-201", "de-ber-wg-002", "lonely"};

    /** Hours of ten minutes, so that there are some. */
    private static final StatsSettings SETTINGS = StatsSettings.DEFAULT.withMinute(10_000);

    static LongStream seeds() {
        return Seed.given().isPresent()
                ? LongStream.of(Seed.given().getAsLong())
                : LongStream.range(0, 10).map(n -> Seed.givenOrFresh());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldEqualTheNaiveRecomputation(long seed) {
        Seed.run(getClass(), seed, () -> check(seed));
    }

    @Test
    void shouldNotNoticeThatItIsPutTogetherAnewAfterEveryRecord() {
        // given
        Tape tape = new BusyServers(7, SERVERS).run(3 * 60_000).tape;
        for (String server : SERVERS) {
            RecordingStats once = new RecordingStats(SETTINGS);
            RecordingStats always = new RecordingStats(SETTINGS);

            // when
            play(tape, server, once, new SplittableRandom(7), 0.5, 0);
            play(tape, server, always, new SplittableRandom(7), 0.5, 1);

            // then
            assertThat(always.windows).hasSizeGreaterThan(15).isEqualTo(once.windows);
            assertThat(always.signals).isEqualTo(once.signals);
        }
    }

    @Test
    void shouldMeetAllThatAPoolCanDecide() {
        // given: the oracle is worth what it sees
        Map<Object, Long> met = new HashMap<>();
        for (long seed = 0; seed < 12; seed++) {
            Tape tape = new BusyServers(seed, SERVERS).run(MILLIS).tape;
            RecordingStats stats = new RecordingStats(SETTINGS);
            for (String server : SERVERS) {
                play(tape, server, stats, new SplittableRandom(seed), 0, 0);
            }

            // when
            for (WindowStats window : stats.windows) {
                Traffic traffic = window.traffic();
                traffic.grants().forEach((rung, n) -> met.merge(rung, n, Long::sum));
                traffic.rejections().forEach((cause, n) -> met.merge(cause, n, Long::sum));
                traffic.releases().forEach((cause, n) -> met.merge(cause, n, Long::sum));
                met.merge("wanted", traffic.wanted(), Long::sum);
                met.merge("adopted", traffic.adopted(), Long::sum);
                met.merge("repeated", traffic.repeated(), Long::sum);
                met.merge("retries", traffic.retries(), Long::sum);
                met.merge("shared", window.occupancy().sessions().peak(), Long::sum);
                met.merge("uncovered", window.coveredMillis() == 0 ? 1L : 0L, Long::sum);
                met.merge("withheld", window.holds().isEmpty() ? 1L : 0L, Long::sum);
            }
        }

        // then
        Set<Object> never =
                Set.of(
                        Rung.REST_CAPPED,
                        RejectCause.NO_POOL,
                        RejectCause.POOL_FAILED,
                        RejectCause.STALE_EPOCH);
        met.forEach(
                (what, n) -> {
                    if (!never.contains(what)) {
                        assertThat(n).as("%s", what).isGreaterThan(5);
                    }
                });
    }

    private static void check(long seed) {
        // given
        Tape tape = new BusyServers(seed, SERVERS).run(MILLIS).tape;
        SplittableRandom random = new SplittableRandom(seed);

        // when
        RecordingStats inOrder = new RecordingStats(SETTINGS);
        for (String server : SERVERS) {
            play(tape, server, inOrder, new SplittableRandom(1), 0, 0);
        }
        RecordingStats mixed = new RecordingStats(SETTINGS);
        RecordingStats restarted = new RecordingStats(SETTINGS);
        for (String server : SERVERS) {
            play(tape, server, mixed, random.split(), 0.5, 0);
            play(tape, server, restarted, random.split(), random.nextDouble(), 0.02);
        }

        // then
        for (String server : SERVERS) {
            List<WindowStats> windows = inOrder.windowsOf(server);
            assertThat(mixed.windowsOf(server)).isEqualTo(windows);
            assertThat(restarted.windowsOf(server)).isEqualTo(windows);
            assertThat(told(mixed, server)).isEqualTo(told(inOrder, server));
            assertThat(told(restarted, server)).isEqualTo(told(inOrder, server));
            NaiveServer naive = new NaiveServer(tape.factsOf(server), tape.statusesOf(server));
            shouldBeComplete(inOrder, tape.statusesOf(server), server);
            windows.forEach(stats -> shouldCount(stats, naive));
            shouldCarry(inOrder.minutesOf(server), naive);
            shouldEstimate(inOrder.minutesOf(server), naive);
        }
    }

    /** Signals of one server; those of the partition depend on the order of servers. */
    private static List<Signal> told(RecordingStats stats, String server) {
        return stats.signals.stream()
                .filter(signal -> !(signal instanceof Signal.Progress))
                .filter(signal -> signal.toString().contains(server))
                .toList();
    }

    /**
     * Plays the two topics.
     *
     * @param mix 0: as it happened; else how likely it is that decisions come before statuses
     * @param restart how likely it is after each record
     */
    static void play(
            Tape tape,
            String server,
            RecordingStats into,
            SplittableRandom random,
            double mix,
            double restart) {
        List<Fact> facts = tape.factsOf(server);
        List<PoolStatus> statuses = tape.statusesOf(server);
        SplittableRandom restarts = random.split();
        int fact = 0;
        int status = 0;
        while (fact < facts.size() || status < statuses.size()) {
            boolean factNext;
            if (fact == facts.size() || status == statuses.size()) {
                factNext = fact < facts.size();
            } else if (mix == 0) {
                factNext = facts.get(fact).number() <= statuses.get(status).decisions();
            } else {
                // A status is at most so far ahead that nobody gives up on its decisions.
                boolean far = statuses.get(status).watermark() - facts.get(fact).time() > 50_000;
                factNext = far || random.nextDouble() < mix;
            }
            if (factNext) {
                into.decision(server, facts.get(fact++));
            } else {
                into.status(server, statuses.get(status++));
            }
            if (restarts.nextDouble() < restart) {
                into.restart(restarts.nextLong());
            }
        }
    }

    private static void shouldBeComplete(
            RecordingStats stats, List<PoolStatus> statuses, String server) {
        long first = statuses.get(0).watermark();
        long last = statuses.get(statuses.size() - 1).watermark();
        long minute = SETTINGS.minuteMillis();
        assertThat(stats.minutesOf(server))
                .extracting(its -> its.window().start())
                .containsExactlyElementsOf(
                        LongStream.range(first / minute, last / minute)
                                .mapToObj(n -> n * minute)
                                .toList());
        assertThat(stats.hoursOf(server)).hasSizeGreaterThanOrEqualTo(1);
        for (WindowStats its : stats.windowsOf(server)) {
            assertThat(its.incomplete()).isEqualTo(its.window().start() <= first);
            assertThat(its.lostDecisions()).isZero();
            assertThat(its.servers()).isOne();
        }
        stats.hoursOf(server).forEach(hour -> shouldBeTheMergeOf(stats.minutesOf(server), hour));
    }

    private static void shouldBeTheMergeOf(List<WindowStats> all, WindowStats hour) {
        List<WindowStats> minutes =
                all.stream()
                        .filter(
                                minute ->
                                        minute.window().start() >= hour.window().start()
                                                && minute.window().end() <= hour.window().end())
                        .toList();
        assertThat(hour.holds()).isEqualTo(merged(minutes, WindowStats::holds));
        assertThat(hour.lags()).isEqualTo(merged(minutes, WindowStats::lags));
        assertThat(hour.gaps().map(GapDistribution::times))
                .isEqualTo(merged(minutes, its -> its.gaps().map(GapDistribution::times)));
    }

    private static Optional<Distribution> merged(
            List<WindowStats> all, Function<WindowStats, Optional<Distribution>> times) {
        return all.stream().map(times).flatMap(Optional::stream).reduce(Distribution::plus);
    }

    private static void shouldCount(WindowStats stats, NaiveServer naive) {
        long start = stats.window().start();
        long end = stats.window().end();
        PoolStatus last = naive.lastStatus(end);
        assertThat(stats.traffic())
                .as("window %s", stats.window())
                .isEqualTo(naive.traffic(start, end));
        assertThat(stats.coveredMillis()).isEqualTo(naive.coveredMillis(start, end));
        assertThat(stats.occupancy())
                .as("window %s", stats.window())
                .isEqualTo(
                        new Occupancy(
                                last.slots(),
                                (long) (last.slots() - last.setAside()) * last.cap(),
                                naive.sessions(start, end),
                                naive.inUse(start, end),
                                naive.told(start, end, PoolStatus::resting),
                                naive.told(start, end, PoolStatus::free),
                                naive.told(start, end, PoolStatus::setAside)));
        assertThat(stats.crowd()).isEqualTo(naive.crowd(start, end));
        assertThat(stats.slotUse()).isEqualTo(naive.slotUse(start, end));
        assertThat(stats.ptrUpdates()).isEqualTo(naive.ptrUpdates(start, end));
        assertThat(stats.ignored().duplicates())
                .isEqualTo(naive.ignored(start, end, PoolCounters::duplicates));
        assertThat(stats.ignored().adoptionConflicts())
                .isEqualTo(naive.ignored(start, end, PoolCounters::adoptionConflicts));
    }

    /** Times of a minute with fewer than k wait; none is ever told of fewer, and none is lost. */
    private static void shouldCarry(List<WindowStats> minutes, NaiveServer naive) {
        shouldCarry(minutes, WindowStats::holds, naive::holds);
        shouldCarry(minutes, its -> its.gaps().map(GapDistribution::times), naive::gaps);
        shouldCarry(minutes, WindowStats::lags, naive::lags);
        List<Long> carried = new ArrayList<>();
        for (WindowStats minute : minutes) {
            carried.addAll(naive.gaps(minute.window().start(), minute.window().end()));
            if (minute.gaps().isPresent()) {
                GapDistribution gaps = minute.gaps().get();
                assertThat(gaps.under1Minute()).isEqualTo(below(carried, 60_000));
                assertThat(gaps.under5Minutes()).isEqualTo(below(carried, 300_000));
                assertThat(gaps.under60Minutes()).isEqualTo(below(carried, 3_600_000));
                carried.clear();
            }
        }
    }

    private static long below(List<Long> times, long limit) {
        return times.stream().filter(time -> time < limit).count();
    }

    private static void shouldCarry(
            List<WindowStats> minutes,
            Function<WindowStats, Optional<Distribution>> told,
            BiFunction<Long, Long, List<Long>> times) {
        List<Long> carried = new ArrayList<>();
        for (WindowStats minute : minutes) {
            carried.addAll(times.apply(minute.window().start(), minute.window().end()));
            Optional<Distribution> published = told.apply(minute);
            assertThat(published.isPresent()).isEqualTo(carried.size() >= SETTINGS.k());
            if (published.isPresent()) {
                shouldHold(published.get(), carried);
                carried.clear();
            }
        }
    }

    private static void shouldHold(Distribution told, List<Long> times) {
        assertThat(told.count()).isEqualTo(times.size());
        assertThat(told.sumMillis()).isEqualTo(times.stream().mapToLong(time -> time).sum());
        Histogram histogram = told.histogram();
        for (int n = 0; n < histogram.size(); n++) {
            int index = histogram.indexAt(n);
            long from = index < 32 ? index : (32L + index % 32) << (index / 32 - 1);
            long width = index < 32 ? 1 : 1L << (index / 32 - 1);
            assertThat(histogram.countAt(n))
                    .isEqualTo(
                            times.stream()
                                    .filter(time -> time >= from && time < from + width)
                                    .count());
        }
    }

    private static void shouldEstimate(List<WindowStats> minutes, NaiveServer naive) {
        List<MinuteSums> hour = new ArrayList<>();
        for (WindowStats minute : minutes) {
            hour.add(naive.sums(minute.window().start(), minute.window().end()));
            PoolStatus last = naive.lastStatus(minute.window().end());
            assertThat(minute.load())
                    .isEqualTo(
                            Load.estimate(
                                    hour.subList(Math.max(0, hour.size() - 60), hour.size()),
                                    PoolSize.of(last)));
        }
    }
}
