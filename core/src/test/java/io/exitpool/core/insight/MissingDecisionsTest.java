package io.exitpool.core.insight;

import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.core.pool.PoolStatus;
import io.exitpool.core.stats.StatsSettings;
import io.exitpool.core.stats.Window;
import io.exitpool.core.stats.WindowStats;
import io.exitpool.core.stats.WindowStats.Gauge;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of decisions that are late, doubled or never come. */
class MissingDecisionsTest {
    private static final String SERVER = "se-sto-wg-208";
    private static final long MINUTE = 60_000;

    /** A full hour. */
    private static final long T0 = 1_789_999_200_000L;

    private final RecordingStats stats = new RecordingStats(StatsSettings.DEFAULT);

    private void status(long at, long decisions, Integer... loads) {
        stats.status(SERVER, Statuses.USUAL.at(at, decisions, loads));
    }

    private List<WindowStats> minutes() {
        return stats.minutesOf(SERVER);
    }

    private WindowStats minute(int n) {
        return minutes().stream()
                .filter(its -> its.window().equals(new Window(T0 + n * MINUTE, MINUTE)))
                .findAny()
                .orElseThrow();
    }

    @Test
    void shouldMarkTheWindowsOfAGapInTheNumbers() {
        // given
        status(T0, 100);
        status(T0 + 2 * MINUTE, 100);
        stats.decision(SERVER, Facts.granted(101, T0 + 2 * MINUTE + 1_000, 1));
        status(T0 + 2 * MINUTE + 2_000, 101, 1);

        // when five decisions are missing that were made between these two
        stats.decision(SERVER, Facts.granted(107, T0 + 4 * MINUTE + 1_000, 2));
        status(T0 + 4 * MINUTE + 2_000, 107, 4);
        status(T0 + 7 * MINUTE, 107, 4);

        // then
        assertThat(minutes())
                .extracting(WindowStats::incomplete)
                .containsExactly(true, false, true, true, true, false, false);
        assertThat(minutes())
                .extracting(WindowStats::lostDecisions)
                .containsExactly(0L, 0L, 0L, 0L, 5L, 0L, 0L);
        assertThat(minute(4).occupancy().sessions().peak()).isEqualTo(4);
        assertThat(stats.stats().lostDecisions()).isEqualTo(5);
    }

    @Test
    void shouldWaitForDecisionsThatAStatusCounts() {
        // given
        status(T0, 100);
        status(T0 + 30_000, 102, 2);
        status(T0 + MINUTE, 102, 2);
        assertThat(stats.windows).isEmpty();
        assertThat(stats.stats().waitingStatuses()).isEqualTo(2);

        // when
        stats.decision(SERVER, Facts.granted(101, T0 + 15_000, 1));
        assertThat(stats.windows).isEmpty();
        stats.decision(SERVER, Facts.granted(102, T0 + 15_000, 2));

        // then
        assertThat(minute(0).traffic().starts()).isEqualTo(2);
        assertThat(minute(0).occupancy().sessions()).isEqualTo(new Gauge(1_500, 2));
        assertThat(minute(0).lostDecisions()).isZero();
        assertThat(stats.stats().waitingStatuses()).isZero();
    }

    @Test
    void shouldGiveUpOnDecisionsThatDoNotComeInAMinute() {
        // given
        status(T0, 100);
        for (long at = T0 + 10_000; at <= T0 + 70_000; at += 10_000) {
            status(at, 102, 2);
        }
        assertThat(stats.stats().lostDecisions()).isZero();

        // when
        status(T0 + 70_001, 102, 2);

        // then
        assertThat(stats.stats().lostDecisions()).isEqualTo(2);
        assertThat(stats.stats().waitingStatuses()).isZero();
        assertThat(minute(0).lostDecisions()).isEqualTo(2);
        assertThat(minute(0).occupancy().sessions().peak()).isEqualTo(2);

        // and they count no more when they come
        stats.decision(SERVER, Facts.granted(101, T0 + 5_000, 1));
        status(T0 + 2 * MINUTE, 102, 2);
        assertThat(minute(1).traffic().starts()).isZero();
        assertThat(minute(1).incomplete()).isFalse();
    }

    @Test
    void shouldGiveUpOnDecisionsOfTooManyStatuses() {
        // given
        status(T0, 100);
        for (int n = 1; n <= 120; n++) {
            status(T0 + n, 101, 1);
        }
        assertThat(stats.stats().lostDecisions()).isZero();

        // when
        status(T0 + 121, 101, 1);

        // then
        assertThat(stats.stats().lostDecisions()).isOne();
    }

    @Test
    void shouldNotBelieveDecisionsOverTheStatus() {
        // given a status that says other than the decisions, and none is lost
        status(T0, 100);
        status(T0 + MINUTE, 100);
        stats.decision(SERVER, Facts.granted(101, T0 + MINUTE + 10_000, 1));
        status(T0 + 2 * MINUTE + 1_000, 101, 3);
        status(T0 + 4 * MINUTE, 101, 3);

        // then
        assertThat(minutes())
                .extracting(WindowStats::incomplete)
                .containsExactly(true, true, true, false);
        assertThat(minute(3).occupancy().sessions().peak()).isEqualTo(3);
        assertThat(minute(1).lostDecisions()).isZero();
    }

    @Test
    void shouldCountNothingTwice() {
        // given
        status(T0, 100);
        stats.decision(SERVER, Facts.granted(101, T0 + 1_000, 1));
        stats.decision(SERVER, Facts.granted(101, T0 + 1_000, 1));
        status(T0 + 2_000, 101, 1);

        // when
        stats.decision(SERVER, Facts.granted(101, T0 + 1_000, 1));
        status(T0 + 1_500, 101, 1);
        status(T0 + MINUTE, 101, 1);

        // then
        assertThat(minute(0).traffic().starts()).isOne();
        assertThat(minute(0).lostDecisions()).isZero();
    }

    @Test
    void shouldNotCountAsLostWhatAPoolNeverDecided() {
        // given a pool that lost its rows: its numbers begin at its microseconds since 1970
        status(T0, T0 * 1_000 - 50_000);
        long anew = (T0 + 90_000) * 1_000;

        // when
        stats.decision(SERVER, Facts.granted(anew + 1, T0 + 100_000, 1));
        status(T0 + 101_000, anew + 1, 1);
        status(T0 + 4 * MINUTE, anew + 1, 1);

        // then
        assertThat(minutes())
                .extracting(WindowStats::incomplete)
                .containsExactly(true, true, false, false);
        assertThat(stats.stats().lostDecisions()).isZero();
        assertThat(minute(1).traffic().starts()).isOne();
    }

    @Test
    void shouldMissNothingOfAPoolThatBegins() {
        // given a pool that has decided nothing
        status(T0 - 500, 0);
        status(T0 + 1_000, 0);
        long first = (T0 + 1_500) * 1_000 + 1;

        // when
        stats.decision(SERVER, Facts.granted(first, T0 + 1_500, 1));
        stats.decision(SERVER, Facts.granted(first + 1, T0 + 1_500, 2));
        status(T0 + MINUTE, first + 1, 2);

        // then
        assertThat(minute(0).incomplete()).isFalse();
        assertThat(minute(0).traffic().starts()).isEqualTo(2);
    }

    @Test
    void shouldMissTheFirstDecisionOfAPool() {
        // given
        status(T0 - 500, 0);

        // when
        stats.decision(SERVER, Facts.granted((T0 + 1_500) * 1_000 + 2, T0 + 1_500, 1));
        status(T0 + MINUTE, (T0 + 1_500) * 1_000 + 2, 2);

        // then
        assertThat(minute(0).incomplete()).isTrue();
    }

    @Test
    void shouldHoldABoundedNumberOfDecisions() {
        // given room for ten decisions
        StatsSettings usual = StatsSettings.DEFAULT;
        RecordingStats small =
                new RecordingStats(
                        new StatsSettings(
                                usual.minuteMillis(),
                                usual.k(),
                                usual.maxHeldMillis(),
                                usual.maxWaitMillis(),
                                usual.maxWaitingStatuses(),
                                10,
                                usual.maxCatchUpMinutes(),
                                usual.progressMillis(),
                                usual.missingAfterMillis()));
        small.status(SERVER, Statuses.USUAL.at(T0, 100));
        for (int n = 1; n <= 12; n++) {
            small.decision(SERVER, Facts.exhausted(100 + n, T0 + n));
        }

        // when
        small.status(SERVER, Statuses.USUAL.at(T0 + MINUTE, 112));

        // then
        WindowStats minute = small.minutesOf(SERVER).get(0);
        assertThat(minute.traffic().exhaustedFirst()).isEqualTo(10);
        assertThat(minute.lostDecisions()).isEqualTo(2);
        assertThat(minute.incomplete()).isTrue();
    }

    @Test
    void shouldSetUpNothingForAPoolWithoutAPast() {
        // given statuses that are the first ever
        PoolStatus first = Statuses.USUAL.at(T0 + 500, 100);

        // when decisions that it counts come after it, or before
        stats.decision(SERVER, Facts.granted(99, T0, 1));
        stats.status(SERVER, first);
        stats.decision(SERVER, Facts.granted(100, T0 + 1, 2));
        stats.status(SERVER, Statuses.USUAL.at(T0 + MINUTE, 100));

        // then
        assertThat(minute(0).traffic().starts()).isZero();
        assertThat(minute(0).incomplete()).isTrue();
        assertThat(minute(0).lostDecisions()).isZero();
    }
}
