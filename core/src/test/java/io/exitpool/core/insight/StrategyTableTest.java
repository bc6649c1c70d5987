package io.exitpool.core.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.exitpool.core.Seed;
import io.exitpool.core.decision.Addresses;
import io.exitpool.core.decision.Choice;
import io.exitpool.core.decision.Granted;
import io.exitpool.core.decision.Outcome;
import io.exitpool.core.decision.RejectCause;
import io.exitpool.core.decision.Rejected;
import io.exitpool.core.decision.ReleaseCause;
import io.exitpool.core.decision.Released;
import io.exitpool.core.decision.Rung;
import io.exitpool.core.stats.ErlangB;
import io.exitpool.core.stats.Fact;
import io.exitpool.core.stats.Figures;
import io.exitpool.core.stats.GroupStats;
import io.exitpool.core.stats.Histogram;
import io.exitpool.core.stats.Load;
import io.exitpool.core.stats.Place;
import io.exitpool.core.stats.StatsSettings;
import io.exitpool.core.stats.WindowStats;
import io.exitpool.core.stats.WindowStats.Distribution;
import io.exitpool.core.stats.WindowStats.GapDistribution;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The published table of strategies, seen through the statistics: 60 slots, 35 erlangs, log-normal
 * sessions of 45 minutes in the mean and sigma 1.5. The pools here are loss systems in a few lines,
 * so that there can be one that hands out the slot which was used last; that the product's pools
 * have the same gaps is ReuseGapTest's to say.
 *
 * <p>Tolerances: quantiles a tenth of themselves and 0.1 minutes, of p1 a seventh (long sessions
 * make them vary between runs, and a histogram adds a 64th), shares 0.6 %, blocking half of itself
 * and 0.08 %.
 */
class StrategyTableTest {
    private static final String SERVER = "se-sto-wg-208";

    private static final long STATUS_EVERY = 150_000;

    /** Windows of ten minutes and ten hours, and few statuses: the table is of months. */
    private static final StatsSettings SETTINGS =
            new StatsSettings(
                    600_000, 10, STATUS_EVERY, 600_000, 120, 100_000, 2_880, 600_000, 600_000);

    private static final long HOURS = SETTINGS.hourMillis();
    private static final long T0 = 1_790_000_000_000L / HOURS * HOURS;
    private static final int SLOTS = 60;
    private static final double ERLANGS = 35;
    private static final double MINUTE = 60_000;
    private static final double HOLD = 45 * MINUTE;
    private static final double SIGMA = 1.5;
    private static final long DAY = 86_400_000;
    private static final long WARM_UP = 10 * DAY;
    private static final long RUN = 160 * DAY;
    private static final Addresses ADDRESS = Addresses.ofV4(0xC000_0200);
    private static final long SEED = Seed.givenOr(35);

    enum Strategy {
        RANDOM,
        OLDEST_FIRST,
        NEWEST_FIRST
    }

    @ParameterizedTest(name = "{0}, rest {1} min")
    @CsvSource({
        "RANDOM,        0, 0,      0.3,  1.5,  21,  0.153",
        "OLDEST_FIRST,  0, 0,      11.8, 17.3, 32,  0.0003",
        "NEWEST_FIRST,  0, 0,      0.01, 0.07, 1.4, 0.728",
        "RANDOM,       10, 0.0019, 10.2, 10.9, 24,  0",
        "RANDOM,       20, 0.025,  20.1, 20.5, 28,  0",
        "OLDEST_FIRST, 10, 0.0015, 13.0, 17.5, 32,  0",
    })
    void shouldShowTheStrategy(
            Strategy strategy,
            int restMinutes,
            double blocking,
            double p1,
            double p5,
            double p50,
            double within5) {
        // given
        RecordingStats stats = new RecordingStats(SETTINGS);
        double rest = restMinutes * MINUTE;

        // when
        new Loss(strategy, (long) rest, stats).run();

        // then
        List<WindowStats> hours =
                stats.hoursOf(SERVER).stream()
                        .filter(hour -> hour.window().start() >= T0 + WARM_UP)
                        .toList();
        assertThat(hours).hasSize((int) ((RUN - WARM_UP) / HOURS));
        WindowStats all = GroupStats.merge("all", Place.NOWHERE, hours, List.of());
        GapDistribution gaps = all.gaps().orElseThrow();
        Histogram times = gaps.times().histogram();
        assertThat(times.percentile(1) / MINUTE).isCloseTo(p1, within(0.1 + 0.15 * p1));
        assertThat(times.percentile(5) / MINUTE).isCloseTo(p5, within(0.1 + 0.1 * p5));
        assertThat(times.percentile(50) / MINUTE).isCloseTo(p50, within(0.1 + 0.1 * p50));
        assertThat((double) gaps.under5Minutes() / gaps.times().count())
                .isCloseTo(within5, within(0.006));
        assertThat(Figures.rejectRatio(all).orElseThrow())
                .isCloseTo(blocking, within(0.0008 + blocking / 2));
        shouldObeyLittlesLaw(all, gaps.times(), strategy);
        shouldEstimateTheLoad(hours, rest, blocking);
    }

    /** Mean gap: idle slots over the rate of grants, whatever the strategy. */
    private static void shouldObeyLittlesLaw(
            WindowStats all, Distribution gaps, Strategy strategy) {
        double idle =
                (all.occupancy().free().meanThousandths()
                                + all.occupancy().resting().meanThousandths())
                        / 1_000.0
                        / all.servers();
        double perMilli = (double) all.slotUse().grants() / all.servers() / HOURS;
        double mean = (double) gaps.sumMillis() / gaps.count();
        // The gaps of slots that nobody got again are not among them: with the newest first, many.
        double censored = strategy == Strategy.NEWEST_FIRST ? 0.3 : 0.03;
        assertThat(mean / (idle / perMilli)).isBetween(1 - censored, 1.03);
    }

    /** One window has too few sessions to tell; the mean of all must be right. */
    private static void shouldEstimateTheLoad(
            List<WindowStats> hours, double rest, double blocking) {
        double erlangs =
                hours.stream()
                        .mapToDouble(hour -> hour.load().map(Load::erlangs).orElseThrow())
                        .average()
                        .orElseThrow();
        double expected = ERLANGS / HOLD * (HOLD + rest);
        assertThat(erlangs).isCloseTo(expected, within(0.06 * expected));
        assertThat(ErlangB.blocking(expected, SLOTS)).isCloseTo(blocking, within(0.001));
    }

    /** A pool under Poisson arrivals; whoever is rejected goes away. */
    private static final class Loss {
        private final SplittableRandom random = new SplittableRandom(SEED);
        private final Strategy strategy;
        private final long rest;
        private final RecordingStats stats;
        private final Deque<Integer> idle = new ArrayDeque<>();
        private final long[] emptySince = new long[SLOTS];
        private final boolean[] used = new boolean[SLOTS];
        private final PriorityQueue<End> ends =
                new PriorityQueue<>((a, b) -> Long.compare(a.at(), b.at()));
        private long number = 100;
        private long nextStatus = T0;

        private record End(long at, int slot, long grantedAt) {}

        Loss(Strategy strategy, long rest, RecordingStats stats) {
            this.strategy = strategy;
            this.rest = rest;
            this.stats = stats;
            for (int slot = 0; slot < SLOTS; slot++) {
                idle.addLast(slot);
                emptySince[slot] = T0 - rest;
            }
        }

        void run() {
            double at = T0;
            while (at < T0 + RUN) {
                at -= HOLD / ERLANGS * Math.log(1 - random.nextDouble());
                endUntil((long) at);
                reportUntil((long) at);
                start((long) at);
            }
        }

        private void endUntil(long now) {
            while (!ends.isEmpty() && ends.peek().at() <= now) {
                End end = ends.remove();
                reportUntil(end.at());
                idle.addLast(end.slot());
                emptySince[end.slot()] = end.at();
                tell(end.at(), new Released(end.slot(), ReleaseCause.ENDED, end.grantedAt(), 0));
            }
        }

        /** As many statuses as cover all the time. */
        private void reportUntil(long now) {
            for (; nextStatus <= now; nextStatus += STATUS_EVERY) {
                long at = nextStatus;
                int resting =
                        (int) idle.stream().filter(slot -> at - emptySince[slot] < rest).count();
                stats.status(
                        SERVER, Statuses.resting(SLOTS, resting, rest).at(at, number, ends.size()));
            }
        }

        private void start(long now) {
            List<Integer> eligible =
                    idle.stream().filter(slot -> now - emptySince[slot] >= rest).toList();
            if (eligible.isEmpty()) {
                tell(now, new Rejected(RejectCause.EXHAUSTED, 1_000, 0));
                return;
            }
            int slot =
                    switch (strategy) {
                        case RANDOM -> eligible.get(random.nextInt(eligible.size()));
                        case OLDEST_FIRST -> eligible.get(0);
                        case NEWEST_FIRST -> eligible.get(eligible.size() - 1);
                    };
            idle.remove(slot);
            OptionalLong gap =
                    used[slot] ? OptionalLong.of(now - emptySince[slot]) : OptionalLong.empty();
            used[slot] = true;
            double mu = Math.log(HOLD) - SIGMA * SIGMA / 2;
            long hold = (long) Math.exp(mu + SIGMA * random.nextGaussian());
            ends.add(new End(now + hold, slot, now / 1_000));
            tell(now, new Granted(slot, ADDRESS, Choice.PLACED, Rung.REGULAR, gap, 1, 0, false));
        }

        private void tell(long now, Outcome outcome) {
            stats.decision(SERVER, new Fact(++number, now, OptionalLong.empty(), outcome));
        }
    }
}
