package io.exitpool.core.insight;

import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.core.decision.Rung;
import io.exitpool.core.pool.Targets;
import io.exitpool.core.stats.Place;
import io.exitpool.core.stats.StatsSettings;
import io.exitpool.core.stats.Window;
import io.exitpool.core.stats.WindowStats;
import io.exitpool.core.stats.WindowStats.Gauge;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When windows close, and what a partition keeps and tells. */
class ServerWindowsTest {
    private static final String SERVER = "se-sto-wg-208";
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    /** A full hour. */
    private static final long T0 = 1_790_000_000_000L / DAY * DAY;

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
    void shouldCloseWindowsWithoutTraffic() {
        // when
        for (long at = T0; at <= T0 + 3 * MINUTE; at += 10_000) {
            status(at, 100, 3);
        }

        // then
        assertThat(minutes())
                .extracting(its -> its.window().start())
                .containsExactly(T0, T0 + MINUTE, T0 + 2 * MINUTE);
        assertThat(minute(0).incomplete()).isTrue();
        assertThat(minute(1).incomplete()).isFalse();
        assertThat(minute(1).coveredMillis()).isEqualTo(MINUTE);
        assertThat(minute(1).occupancy().sessions()).isEqualTo(new Gauge(3_000, 3));
        assertThat(minute(1).occupancy().free()).isEqualTo(new Gauge(7_000, 7));
        assertThat(minute(1).load().orElseThrow().erlangs()).isEqualTo(3);
        assertThat(minute(1).traffic().grants()).containsEntry(Rung.REGULAR, 0L);
    }

    @Test
    void shouldCloseNothingBeforeAStatusSaysSo() {
        // given
        status(T0, 100);

        // when
        stats.decision(SERVER, Facts.granted(101, T0 + 5 * MINUTE, 1));
        status(T0 + MINUTE - 1, 100);

        // then
        assertThat(stats.windows).isEmpty();
    }

    @Test
    void shouldNotCountAheadOfTheStatus() {
        // given a decision of the next minute that comes before the status at its beginning
        status(T0, 100);
        stats.decision(SERVER, Facts.granted(101, T0 + MINUTE, 1));

        // when
        status(T0 + MINUTE, 100);
        status(T0 + 2 * MINUTE, 101, 1);

        // then
        assertThat(minute(0).traffic().starts()).isZero();
        assertThat(minute(1).traffic().starts()).isOne();
        assertThat(minute(1).incomplete()).isFalse();
    }

    @Test
    void shouldCloseHoursAfterTheirLastMinute() {
        // when
        for (long at = T0; at <= T0 + 2 * HOUR; at += 10_000) {
            status(at, 100, 2);
        }

        // then
        assertThat(stats.hoursOf(SERVER))
                .extracting(its -> its.window().start())
                .containsExactly(T0, T0 + HOUR);
        assertThat(stats.hoursOf(SERVER))
                .extracting(WindowStats::incomplete)
                .containsExactly(true, false);
        assertThat(stats.windows.indexOf(stats.hoursOf(SERVER).get(0)))
                .isEqualTo(stats.windows.indexOf(minute(59)) + 1);
        WindowStats hour = stats.hoursOf(SERVER).get(1);
        assertThat(hour.coveredMillis()).isEqualTo(HOUR);
        assertThat(hour.load()).isEqualTo(minute(119).load());
        assertThat(hour.load().orElseThrow().minutes()).isEqualTo(60);
        assertThat(hour.crowd().sessionMillis()).isEqualTo(2 * HOUR);
    }

    @Test
    void shouldCloseAllWindowsBetweenWhenTimeJumps() {
        // given
        status(T0, 100, 4);

        // when
        status(T0 + 5 * MINUTE + 500, 100, 4);

        // then
        assertThat(minutes()).hasSize(5);
        assertThat(minutes())
                .extracting(WindowStats::coveredMillis)
                .containsExactly(30_000L, 0L, 0L, 0L, 0L);
        assertThat(minute(0).occupancy().sessions()).isEqualTo(new Gauge(4_000, 4));
        assertThat(minute(1).occupancy().sessions()).isEqualTo(new Gauge(0, 4));
        assertThat(minute(1).occupancy().free()).isEqualTo(new Gauge(0, 0));
        assertThat(minute(1).incomplete()).isFalse();
    }

    @Test
    void shouldSkipWindowsThatAreTooOldToBeTold() {
        // given
        status(T0 + HOUR / 2, 100);

        // when
        status(T0 + 10 * DAY + 500, 100);

        // then
        assertThat(minutes().size()).isEqualTo(1 + 48 * 60);
        assertThat(minutes().get(0).window().start()).isEqualTo(T0 + HOUR / 2);
        assertThat(minutes().get(1).window().start()).isEqualTo(T0 + 8 * DAY);
        List<WindowStats> hours = stats.hoursOf(SERVER);
        assertThat(hours.size()).isEqualTo(1 + 48);
        assertThat(hours.get(0).incomplete()).isTrue();
        assertThat(hours.get(1).window().start()).isEqualTo(T0 + 8 * DAY);
    }

    @Test
    void shouldCountWhatWasIgnoredAlsoAfterTheCountersBeganAnew() {
        // given
        Statuses usual = Statuses.USUAL;
        stats.status(SERVER, usual.duplicates(7).at(T0, 100));

        // when
        stats.status(SERVER, usual.duplicates(9).at(T0 + MINUTE, 100));
        stats.status(SERVER, usual.duplicates(3).at(T0 + 2 * MINUTE, 100));

        // then
        assertThat(minute(0).ignored().duplicates()).isEqualTo(2);
        assertThat(minute(1).ignored().duplicates()).isEqualTo(3);
    }

    @Test
    void shouldNameAServerOnceAndAgainWhenItMoves() {
        // given
        Targets there = new Targets(0.001, Optional.of("no"), Optional.of("osl"));
        status(T0, 100);
        status(T0 + 10_000, 100);

        // when
        stats.status(SERVER, Statuses.USUAL.of(there).at(T0 + 20_000, 100));
        stats.status(SERVER, Statuses.USUAL.of(there).at(T0 + MINUTE, 100));

        // then
        Place here = new Place(Optional.of("se"), Optional.of("sto"));
        assertThat(stats.signals)
                .filteredOn(Signal.Known.class::isInstance)
                .containsExactly(
                        new Signal.Known(SERVER, here, T0),
                        new Signal.Known(
                                SERVER,
                                new Place(Optional.of("no"), Optional.of("osl")),
                                T0 + 20_000));
        assertThat(minute(0).place().country()).hasValue("no");
    }

    @Test
    void shouldTellTheTimeEveryTenSeconds() {
        // when
        for (long at = T0 + 500; at < T0 + 35_000; at += 1_000) {
            status(at, 100);
        }

        // then
        assertThat(stats.signals)
                .filteredOn(Signal.Progress.class::isInstance)
                .containsExactly(
                        new Signal.Progress(RecordingStats.PARTITION, T0 + 500),
                        new Signal.Progress(RecordingStats.PARTITION, T0 + 10_500),
                        new Signal.Progress(RecordingStats.PARTITION, T0 + 20_500),
                        new Signal.Progress(RecordingStats.PARTITION, T0 + 30_500));
    }

    @Test
    void shouldForgetAServerThatIsGone() {
        // given
        status(T0, 100);
        stats.decision(SERVER, Facts.granted(101, T0 + 1_000, 1));
        status(T0 + 2_000, 102, 0);

        // when
        stats.tombstone(SERVER, T0 + 3_000);

        // then
        assertThat(stats.signals).endsWith(new Signal.Gone(SERVER, T0 + 3_000));
        assertThat(stats.windows).isEmpty();
        assertThat(stats.snapshots).isEmpty();
        assertThat(stats.journals).isEmpty();
        assertThat(stats.stats().servers()).isZero();

        // and a decision of it that comes late keeps it no longer than a minute
        stats.decision(SERVER, Facts.released(102, T0 + 1_500, 1));
        stats.status("other", Statuses.USUAL.at(T0 + 4_000, 1));
        assertThat(stats.journals).containsKey(SERVER);
        stats.status("other", Statuses.USUAL.at(T0 + 65_000, 1));
        assertThat(stats.journals).doesNotContainKey(SERVER);
    }

    @Test
    void shouldBeginAnewWithAServerThatComesBack() {
        // given
        status(T0, 100);
        stats.tombstone(SERVER, T0 + 3_000);

        // when
        status(T0 + MINUTE + 1_000, 7, 1);
        status(T0 + 3 * MINUTE, 7, 1);

        // then
        assertThat(minutes()).extracting(WindowStats::incomplete).containsExactly(true, false);
        assertThat(minutes().get(0).window().start()).isEqualTo(T0 + MINUTE);
    }

    @Test
    void shouldKeepASnapshotAMinuteAndTheJournalSince() {
        // given
        status(T0, 100);
        for (int n = 0; n < 30; n++) {
            stats.decision(SERVER, Facts.granted(101 + 2 * n, T0 + 1_000 * n + 1, 1));
            stats.decision(SERVER, Facts.released(102 + 2 * n, T0 + 1_000 * n + 2, 1));
            status(T0 + 1_000 * n + 500, 102 + 2 * n);
        }
        assertThat(stats.entries(SERVER)).isEqualTo(90);

        // when a decision of the next minute waits while the minute closes
        stats.decision(SERVER, Facts.granted(161, T0 + MINUTE + 1, 1));
        status(T0 + MINUTE, 160);

        // then it is counted in the next one, whatever else there still is
        assertThat(stats.entries(SERVER)).isEqualTo(92);
        stats.restart(1);
        status(T0 + 2 * MINUTE, 161, 1);
        assertThat(minute(1).traffic().starts()).isOne();

        // and what the quieter minute did not overwrite is gone
        assertThat(stats.entries(SERVER)).isEqualTo(2);
    }
}
