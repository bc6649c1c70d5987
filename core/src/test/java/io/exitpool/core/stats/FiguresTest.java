package io.exitpool.core.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.exitpool.core.decision.RejectCause;
import io.exitpool.core.decision.ReleaseCause;
import io.exitpool.core.decision.Rung;
import io.exitpool.core.pool.PoolCounters;
import io.exitpool.core.stats.WindowStats.Crowd;
import io.exitpool.core.stats.WindowStats.Gauge;
import io.exitpool.core.stats.WindowStats.Occupancy;
import io.exitpool.core.stats.WindowStats.SlotUse;
import io.exitpool.core.stats.WindowStats.Traffic;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FiguresTest {
    private static final int K = 10;
    private static final Gauge NONE = new Gauge(0, 0);

    /** How evenly slots were used that were granted so often each. */
    private static SlotUse use(long... grants) {
        return new SlotUse(
                Arrays.stream(grants).sum(),
                grants.length,
                Arrays.stream(grants).max().orElse(0),
                Arrays.stream(grants).map(g -> g * g).sum(),
                Arrays.stream(grants)
                        .map(g -> Math.round(g * Math.log(g) / Math.log(2) * (1 << 20)))
                        .sum());
    }

    private static WindowStats stats(int slots, SlotUse use) {
        return stats(slots, use, new Traffic(0, 0, 0, Map.of(), 0, 0, 0, Map.of(), Map.of()), NONE);
    }

    private static WindowStats stats(int slots, SlotUse use, Traffic traffic, Gauge sessions) {
        return new WindowStats(
                "se-sto-wg-208",
                new Window(0, 1_800_000),
                Place.NOWHERE,
                1,
                List.of(),
                false,
                1_800_000,
                traffic,
                new Occupancy(slots, slots, sessions, sessions, NONE, NONE, NONE),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                use,
                new Crowd(0, 0, 0),
                0,
                PoolCounters.ZERO,
                0);
    }

    @Test
    void shouldMeasureAFairUseAsEven() {
        // given sixteen slots, each granted three times
        long[] grants = new long[16];
        Arrays.fill(grants, 3);
        WindowStats stats = stats(16, use(grants));

        // then
        assertThat(Figures.entropyBits(stats, K).orElseThrow()).isCloseTo(4, within(1e-5));
        assertThat(Figures.evenness(stats, K).orElseThrow()).isCloseTo(1, within(1e-5));
        assertThat(Figures.effectiveSlots(stats, K)).hasValue(16);
        assertThat(Figures.coverage(stats, K)).hasValue(1);
        assertThat(Figures.maxShare(stats, K)).hasValue(1 / 16.0);
    }

    @Test
    void shouldMeasureAnUnevenUse() {
        // given half of the grants on one slot, a quarter on each of two, and one never used
        WindowStats stats = stats(4, use(8, 4, 4));

        // then
        assertThat(Figures.entropyBits(stats, K).orElseThrow()).isCloseTo(1.5, within(1e-5));
        assertThat(Figures.evenness(stats, K).orElseThrow()).isCloseTo(0.75, within(1e-5));
        assertThat(Figures.effectiveSlots(stats, K).orElseThrow())
                .isCloseTo(256 / 96.0, within(1e-12));
        assertThat(Figures.coverage(stats, K)).hasValue(0.75);
        assertThat(Figures.maxShare(stats, K)).hasValue(0.5);
    }

    @Test
    void shouldMeasureASingleSlotAsNothing() {
        WindowStats stats = stats(1, use(37));
        assertThat(Figures.entropyBits(stats, K).orElseThrow()).isCloseTo(0, within(1e-5));
        assertThat(Figures.evenness(stats, K)).isEmpty();
        assertThat(Figures.effectiveSlots(stats, K)).hasValue(1);
    }

    @Test
    void shouldNotTellOfFewerThanK() {
        WindowStats stats = stats(9, use(1, 1, 1, 1, 1, 1, 1, 1, 1));
        assertThat(Figures.entropyBits(stats, K)).isEmpty();
        assertThat(Figures.evenness(stats, K)).isEmpty();
        assertThat(Figures.effectiveSlots(stats, K)).isEmpty();
        assertThat(Figures.coverage(stats, K)).isEmpty();
        assertThat(Figures.maxShare(stats, K)).isEmpty();
    }

    @Test
    void shouldMeasureChurn() {
        // given 20 sessions on 40 slots; in half an hour 9 grants and 11 ends, and 3 passed on
        Traffic traffic =
                new Traffic(
                        12,
                        1,
                        3,
                        Map.of(Rung.REGULAR, 8L, Rung.SHARED, 1L),
                        0,
                        3,
                        0,
                        Map.of(RejectCause.EXHAUSTED, 4L),
                        Map.of(
                                ReleaseCause.ENDED, 10L,
                                ReleaseCause.VANISHED, 1L,
                                ReleaseCause.PASSED_ON, 3L));
        WindowStats stats = stats(40, use(), traffic, new Gauge(20_000, 25));

        // then
        assertThat(Figures.rejectRatio(stats)).hasValue(0.25);
        assertThat(Figures.turnoverPerHour(stats).orElseThrow())
                .isCloseTo(11 / 40.0 * 2, within(1e-12));
        assertThat(Figures.sessionChurnPerHour(stats).orElseThrow())
                .isCloseTo(10 / 20.0 * 2, within(1e-12));
    }

    @Test
    void shouldHaveNoRatioOfNothing() {
        WindowStats stats = stats(0, use());
        assertThat(Figures.rejectRatio(stats)).isEmpty();
        assertThat(Figures.turnoverPerHour(stats)).isEmpty();
        assertThat(Figures.sessionChurnPerHour(stats)).isEmpty();
        assertThat(Figures.perAddress(stats.crowd())).isEmpty();
        assertThat(Figures.aloneShare(stats.crowd())).isEmpty();
    }

    @Test
    void shouldMeasureTheCrowdAsASessionSeesIt() {
        // given for a second a slot with three sessions and one with one
        Crowd crowd = new Crowd(4_000, 1_000, 10_000);
        assertThat(Figures.perAddress(crowd)).hasValue(2.5);
        assertThat(Figures.aloneShare(crowd)).hasValue(0.25);
    }
}
