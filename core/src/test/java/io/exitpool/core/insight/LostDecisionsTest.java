package io.exitpool.core.insight;

import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.core.Seed;
import io.exitpool.core.pool.PoolStatus;
import io.exitpool.core.stats.Fact;
import io.exitpool.core.stats.StatsSettings;
import io.exitpool.core.stats.WindowStats;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Decisions that were deleted before they were read mark exactly the windows that lack them. */
class LostDecisionsTest {
    private static final StatsSettings SETTINGS = StatsSettings.DEFAULT.withMinute(10_000);
    private static final String[] SERVERS = {"a", "b", "c", "d", "e"};

    static LongStream seeds() {
        return Seed.given().isPresent()
                ? LongStream.of(Seed.given().getAsLong())
                : LongStream.range(0, 15).map(n -> Seed.givenOrFresh());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldMarkTheWindowsThatLackThem(long seed) {
        Seed.run(getClass(), seed, () -> check(seed));
    }

    private static void check(long seed) {
        // given a run of decisions that are gone, not the last ones
        Tape tape = new BusyServers(seed, SERVERS).run(6 * 60_000).tape;
        SplittableRandom random = new SplittableRandom(seed);
        // Some of the agents are silent for most of the time.
        String server =
                Arrays.stream(SERVERS)
                        .max(Comparator.comparingInt(its -> tape.factsOf(its).size()))
                        .orElseThrow();
        List<Fact> facts = tape.factsOf(server);
        RecordingStats whole = play(tape, server, random.split());
        int quarter = facts.size() / 4;
        int from = quarter + random.nextInt(quarter);
        List<Fact> gone = facts.subList(from, from + 1 + random.nextInt(quarter));
        long begin = facts.get(from - 1).time();
        // Levels are wrong up to the next status.
        Fact next = facts.get(from + gone.size());
        long end =
                tape.statusesOf(server).stream()
                        .filter(status -> status.decisions() >= next.number())
                        .mapToLong(PoolStatus::watermark)
                        .min()
                        .orElse(Long.MAX_VALUE);
        int lost = gone.size();
        gone.clear();

        // when
        RecordingStats partial = play(tape, server, random.split());

        // then
        assertThat(partial.minutesOf(server).stream().mapToLong(WindowStats::lostDecisions).sum())
                .isEqualTo(lost);
        Map<Object, WindowStats> all =
                whole.windows.stream()
                        .collect(Collectors.toMap(WindowStats::window, Function.identity()));
        assertThat(partial.windows).hasSameSizeAs(whole.windows);
        for (WindowStats stats : partial.windows) {
            WindowStats meant = all.get(stats.window());
            if (!stats.incomplete()) {
                assertThat(stats.traffic()).isEqualTo(meant.traffic());
                assertThat(stats.occupancy()).isEqualTo(meant.occupancy());
                assertThat(stats.crowd()).isEqualTo(meant.crowd());
                assertThat(stats.slotUse()).isEqualTo(meant.slotUse());
                assertThat(stats.ptrUpdates()).isEqualTo(meant.ptrUpdates());
            } else if (!meant.incomplete()) {
                assertThat(stats.window().start()).isLessThanOrEqualTo(end);
                assertThat(stats.window().end()).isGreaterThan(begin);
            }
        }
    }

    /** Every status waits for the decisions that it counts, as long as there are any. */
    private static RecordingStats play(Tape tape, String server, SplittableRandom random) {
        RecordingStats stats = new RecordingStats(SETTINGS);
        RandomPoolsTest.play(tape, server, stats, random, 0.7, 0.01);
        return stats;
    }
}
