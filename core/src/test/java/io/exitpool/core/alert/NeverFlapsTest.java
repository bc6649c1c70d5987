package io.exitpool.core.alert;

import static io.exitpool.core.alert.AlertKind.EXCESS_BLOCKING;
import static io.exitpool.core.alert.AlertKind.EXHAUSTED;
import static io.exitpool.core.alert.AlertKind.HOT_REUSE;
import static io.exitpool.core.alert.AlertKind.NEAR_EXHAUSTION;
import static io.exitpool.core.alert.AlertKind.SERVER_SILENT;
import static io.exitpool.core.alert.AlertKind.SET_ASIDE_SHARE;
import static io.exitpool.core.alert.AlertKind.TIME_TO_FULL;
import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.core.Seed;
import io.exitpool.core.stats.ErlangB;
import io.exitpool.core.stats.MinuteSums;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * However a pool's load runs, its alerts open and resolve in turn, each holds for its minimum, and
 * a load that wanders on the threshold for an hour calls once. With restarts at random moments, and
 * with gaps in what is known.
 */
class NeverFlapsTest {
    private static final int PATHS = 15;
    private static final int SECONDS = 4 * 3_600;
    private static final Map<AlertKind, Long> LEAST_HOLD_MILLIS =
            Map.of(
                    EXHAUSTED, 300_000L,
                    NEAR_EXHAUSTION, 600_000L,
                    TIME_TO_FULL, 300_000L,
                    EXCESS_BLOCKING, 600_000L,
                    HOT_REUSE, 600_000L,
                    SET_ASIDE_SHARE, 600_000L,
                    SERVER_SILENT, 0L);

    @Test
    void shouldOpenAndResolveInTurnOnAnyPath() {
        long seed = Seed.givenOrFresh();
        Seed.run(
                NeverFlapsTest.class,
                seed,
                () -> {
                    SplittableRandom seeds = new SplittableRandom(seed);
                    Map<AlertKind, Long> opened = new EnumMap<>(AlertKind.class);
                    for (int path = 0; path < PATHS; path++) {
                        Feed walked = new Path(seeds.split()).walk();
                        LEAST_HOLD_MILLIS
                                .keySet()
                                .forEach(
                                        kind -> opened.merge(kind, walked.opened(kind), Long::sum));
                    }
                    assertThat(opened).allSatisfy((kind, count) -> assertThat(count).isPositive());
                });
    }

    @ParameterizedTest(name = "{0} slots")
    @ValueSource(ints = {8, 60, 200})
    void shouldCallOnceForALoadThatWandersOnTheThresholdForAnHour(int slots) {
        long seed = Seed.givenOrFresh();
        Seed.run(
                NeverFlapsTest.class,
                seed,
                () -> {
                    SplittableRandom random = new SplittableRandom(seed);
                    Feed feed = new Feed();
                    feed.draft.slots = slots;
                    feed.draft.calmHour(1);
                    double carried = ErlangB.load(slots, 0.001);
                    double share = 0.95;
                    for (int second = 0; second < 3_600; second++) {
                        double noise = second % 60 == 0 ? 0.02 : 0.002;
                        share += noise * random.nextGaussian() + 0.02 * (1 - share);
                        share = Math.max(0.91, share);
                        feed.draft.load(share * carried);
                        feed.forSeconds(1);
                        if (random.nextInt(600) == 0) {
                            feed.restart();
                        }
                    }
                    assertThat(feed.opened(NEAR_EXHAUSTION)).isEqualTo(1);
                    assertThat(feed.heard).hasSize(1);
                });
    }

    @Test
    void shouldCallOnceForASawtoothThatIsFasterThanTheHold() {
        Feed feed = new Feed();
        feed.draft.calmHour(1);
        for (int tooth = 0; tooth < 60; tooth++) {
            feed.draft.load(45);
            feed.forSeconds(90);
            feed.draft.load(30);
            feed.forSeconds(90);
        }
        assertThat(feed.heard).hasSize(1);
    }

    @Test
    void shouldCallOnceForRejectionsThatComeNowAndThen() {
        Feed feed = new Feed();
        for (int i = 0; i < 100; i++) {
            feed.next(draft -> draft.exhausted = 1);
            feed.draft.exhausted = 0;
            feed.forSeconds(250);
        }
        assertThat(feed.heard).hasSize(1);
    }

    /** A pool whose every figure goes its own way. */
    private static final class Path {
        private final SplittableRandom random;
        private final Feed feed = new Feed();
        private final Map<AlertKind, Long> openedAt = new EnumMap<>(AlertKind.class);
        private double erlangs = 38;
        private double drift;
        private long taken = 30;
        private long counted;

        Path(SplittableRandom random) {
            this.random = random;
        }

        Feed walk() {
            feed.draft.calmHour(3);
            for (int second = 0; second < SECONDS; second++) {
                if (random.nextInt(900) == 0) {
                    drift = 0.02 * random.nextGaussian();
                }
                erlangs = Math.min(60, Math.max(20, erlangs + drift + 0.2 * random.nextGaussian()));
                Draft draft = feed.draft;
                draft.passed = random.nextInt(200) == 0 ? 0 : 1_000;
                counted += draft.passed;
                draft.setAside = random.nextInt(600) == 0 ? random.nextInt(18) : draft.setAside;
                if (second % 5 == 0) {
                    draft.load(erlangs, random.nextDouble() / 3, random.nextDouble() - 0.6);
                }
                if (random.nextInt(50) == 0) {
                    draft.load = Optional.empty();
                }
                draft.exhausted = erlangs > 45 && random.nextInt(60) == 0 ? 1 : 0;
                draft.silentMillis = random.nextInt(1_000) == 0 ? 100_000 : 1_000;
                if (second % 60 == 0) {
                    nextMinute(draft);
                }
                if (random.nextInt(300) == 0) {
                    feed.restart();
                }
                feed.forSeconds(1).forEach(this::check);
            }
            return feed;
        }

        private void nextMinute(Draft draft) {
            boolean fills = drift > 0;
            long grants = random.nextInt(fills ? 13 : 7);
            long ends = random.nextInt(fills ? 3 : 11);
            taken = Math.max(0, Math.min(60, taken + grants - ends));
            draft.hour.remove(0);
            draft.hour.add(
                    new MinuteSums(
                            draft.at - 60_000,
                            60_000,
                            grants + 1,
                            random.nextInt(2),
                            0,
                            grants,
                            random.nextInt(20) == 0 ? grants : 0,
                            ends,
                            ends,
                            0,
                            taken,
                            60));
            draft.open = Draft.minute(draft.at, 1_000, 0, 0, taken);
        }

        private void check(AlertSignal signal) {
            if (signal instanceof AlertSignal.Raised raised) {
                assertThat(openedAt.put(raised.kind(), counted))
                        .as("%s opens once", raised.kind())
                        .isNull();
            } else if (signal instanceof AlertSignal.Cleared cleared) {
                Long opened = openedAt.remove(cleared.kind());
                assertThat(opened).as("%s was open", cleared.kind()).isNotNull();
                assertThat(counted - opened)
                        .as("%s holds", cleared.kind())
                        .isGreaterThanOrEqualTo(LEAST_HOLD_MILLIS.get(cleared.kind()));
            }
        }
    }
}
