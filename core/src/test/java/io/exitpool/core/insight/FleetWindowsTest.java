package io.exitpool.core.insight;

import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.core.pool.PoolCounters;
import io.exitpool.core.pool.Targets;
import io.exitpool.core.stats.Place;
import io.exitpool.core.stats.StatsSettings;
import io.exitpool.core.stats.Window;
import io.exitpool.core.stats.WindowStats;
import io.exitpool.core.stats.WindowStats.Crowd;
import io.exitpool.core.stats.WindowStats.Gauge;
import io.exitpool.core.stats.WindowStats.Occupancy;
import io.exitpool.core.stats.WindowStats.SlotUse;
import io.exitpool.core.stats.WindowStats.Traffic;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FleetWindowsTest {
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final long T0 = 1_790_000_000_000L / HOUR * HOUR;
    private static final String STO_1 = "se-sto-wg-001";
    private static final String STO_2 = "se-sto-wg-002";
    private static final String GOT = "se-got-wg-001";
    private static final String OSL = "no-osl-wg-001";

    private final Recording fleet = new Recording();

    private void known(String server, long at) {
        fleet.windows.onKnown(new Signal.Known(server, place(server), at));
    }

    private void minute(String server, int n) {
        closed(server, new Window(T0 + n * MINUTE, MINUTE));
    }

    private void closed(String server, Window window) {
        fleet.windows.onClosed(new Signal.Closed(stats(server, window)));
    }

    private static Place place(String server) {
        return Place.of(server, Targets.DEFAULT);
    }

    private static WindowStats stats(String server, Window window) {
        return new WindowStats(
                server,
                window,
                place(server),
                1,
                List.of(),
                false,
                window.length(),
                new Traffic(5, 1, 0, Map.of(), 0, 0, 0, Map.of(), Map.of()),
                new Occupancy(
                        10,
                        10,
                        new Gauge(2_500, 4),
                        new Gauge(2_500, 4),
                        new Gauge(0, 0),
                        new Gauge(7_500, 9),
                        new Gauge(0, 0)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new SlotUse(5, 5, 1, 5, 0),
                new Crowd(1, 1, 1),
                5,
                PoolCounters.ZERO,
                0);
    }

    @Test
    void shouldCloseAWindowOfAllGroupsWhenAllAreIn() {
        // given
        for (String server : List.of(STO_1, STO_2, GOT, OSL)) {
            known(server, T0 - 10 * MINUTE);
        }
        minute(STO_1, 0);
        minute(GOT, 0);
        minute(OSL, 0);
        assertThat(fleet.told).isEmpty();

        // when
        minute(STO_2, 0);

        // then
        assertThat(fleet.told)
                .extracting(WindowStats::key)
                .containsExactly(
                        "city/no-osl",
                        "city/se-got",
                        "city/se-sto",
                        "country/no",
                        "country/se",
                        "fleet");
        assertThat(fleet.told).extracting(WindowStats::servers).containsExactly(1, 1, 2, 1, 3, 4);
        WindowStats all = fleet.told.get(5);
        assertThat(all.window()).isEqualTo(new Window(T0, MINUTE));
        assertThat(all.place()).isEqualTo(Place.NOWHERE);
        assertThat(all.traffic().starts()).isEqualTo(20);
        assertThat(all.occupancy().sessions()).isEqualTo(new Gauge(10_000, 16));
        assertThat(all.missingServers()).isEmpty();
        assertThat(fleet.told.get(4).place())
                .isEqualTo(new Place(Optional.of("se"), Optional.empty()));
        assertThat(fleet.kept).isEmpty();
    }

    @Test
    void shouldNameTheMissingAfterAWhile() {
        // given
        known(STO_1, T0 - 10 * MINUTE);
        known(GOT, T0 - 10 * MINUTE);
        known(OSL, T0 - 10 * MINUTE);
        minute(STO_1, 0);
        minute(OSL, 0);

        // when
        fleet.windows.onProgress(new Signal.Progress(1, T0 + 3 * MINUTE - 1));
        assertThat(fleet.told).isEmpty();
        fleet.windows.onProgress(new Signal.Progress(1, T0 + 3 * MINUTE));

        // then
        assertThat(fleet.told)
                .extracting(WindowStats::key)
                .containsExactly("city/no-osl", "city/se-sto", "country/no", "country/se", "fleet");
        assertThat(fleet.told)
                .extracting(WindowStats::missingServers)
                .containsExactly(List.of(), List.of(), List.of(), List.of(GOT), List.of(GOT));

        // and what comes later is counted and left out
        minute(GOT, 0);
        assertThat(fleet.windows.late()).isOne();
        assertThat(fleet.told).hasSize(5);
        assertThat(fleet.kept).isEmpty();
    }

    @Test
    void shouldNotAwaitAServerThatCameLaterOrIsGone() {
        // given
        known(STO_1, T0 - 10 * MINUTE);
        known(OSL, T0 - 10 * MINUTE);
        minute(STO_1, 0);
        known(GOT, T0 + MINUTE);
        assertThat(fleet.told).isEmpty();

        // when
        fleet.windows.onGone(new Signal.Gone(OSL, T0 + MINUTE + 1));

        // then
        assertThat(fleet.told)
                .extracting(WindowStats::key)
                .containsExactly("city/se-sto", "country/se", "fleet");
        assertThat(fleet.known).doesNotContainKey(OSL).containsKey(GOT);
        minute(STO_1, 1);
        assertThat(fleet.told).hasSize(3);
        minute(GOT, 1);
        assertThat(fleet.told).hasSize(7);
    }

    @Test
    void shouldNotTellOfTimesBeforeTheFleetWasKnown() {
        // given
        known(STO_1, T0 + 30_000);

        // when
        minute(STO_1, 0);
        minute(STO_1, 1);

        // then
        assertThat(fleet.told).isEmpty();
        minute(STO_1, 2);
        assertThat(fleet.told).hasSize(3);
        assertThat(fleet.windows.late()).isZero();
    }

    @Test
    void shouldCloseMinutesAndHoursEachInTheirOrder() {
        // given
        known(STO_1, T0 - 2 * HOUR);
        known(OSL, T0 - 2 * HOUR);
        closed(STO_1, new Window(T0 - HOUR, HOUR));
        minute(STO_1, 0);

        // when
        minute(OSL, 0);
        closed(OSL, new Window(T0 - HOUR, HOUR));
        minute(OSL, 1);
        minute(STO_1, 1);

        // then
        assertThat(fleet.told)
                .filteredOn(stats -> stats.key().equals("fleet"))
                .extracting(WindowStats::window)
                .containsExactly(
                        new Window(T0, MINUTE),
                        new Window(T0 - HOUR, HOUR),
                        new Window(T0 + MINUTE, MINUTE));
        assertThat(fleet.windows.openWindows()).isZero();
    }

    @Test
    void shouldCountAServerWhereItStandsNow() {
        // given
        known(STO_1, T0 - 10 * MINUTE);
        known(GOT, T0 - 10 * MINUTE);
        Place moved = new Place(Optional.of("dk"), Optional.of("cph"));

        // when
        fleet.windows.onKnown(new Signal.Known(GOT, moved, T0 + 30_000));
        minute(STO_1, 0);
        fleet.windows.onProgress(new Signal.Progress(1, T0 + 10 * MINUTE));

        // then
        assertThat(fleet.known.get(GOT)).isEqualTo(new KnownServer(moved, T0 - 10 * MINUTE));
        assertThat(fleet.told)
                .extracting(WindowStats::missingServers)
                .containsExactly(List.of(), List.of(), List.of(GOT));
    }

    @Test
    void shouldNotNoticeThatItIsPutTogetherAnewAfterEverySignal() {
        // given signals of a day's part, of which some are missing
        Random random = new Random(5);
        List<Runnable> story = new ArrayList<>();
        List<String> servers = List.of(STO_1, STO_2, GOT, OSL);
        Recording once = new Recording();
        Recording always = new Recording();
        for (Recording each : List.of(once, always)) {
            random.setSeed(5);
            servers.forEach(
                    server ->
                            story.add(
                                    () ->
                                            each.windows.onKnown(
                                                    new Signal.Known(
                                                            server, place(server), T0 - HOUR))));
            for (int n = 0; n < 100; n++) {
                int minute = n;
                List<String> order = new ArrayList<>(servers);
                Collections.shuffle(order, random);
                for (String server : order.subList(0, random.nextInt(8) == 0 ? 3 : 4)) {
                    WindowStats stats = stats(server, new Window(T0 + n * MINUTE, MINUTE));
                    story.add(() -> each.windows.onClosed(new Signal.Closed(stats)));
                }
                story.add(
                        () ->
                                each.windows.onProgress(
                                        new Signal.Progress(0, T0 + minute * MINUTE + 30_000)));
            }
        }

        // when
        for (int n = 0; n < story.size(); n++) {
            story.get(n).run();
            if (n >= story.size() / 2) {
                always.restart(n);
            }
        }

        // then
        assertThat(once.told.size()).isGreaterThan(500);
        assertThat(once.told).anyMatch(stats -> !stats.missingServers().isEmpty());
        assertThat(always.told).isEqualTo(once.told);
        assertThat(always.kept).isEqualTo(once.kept);
    }

    /** The fleet's windows with a store of their rows. */
    private static final class Recording implements FleetSink {
        private final List<WindowStats> told = new ArrayList<>();
        private final Map<String, KnownServer> known = new TreeMap<>();
        private final Map<String, WindowStats> kept = new TreeMap<>();
        private Optional<FleetTime> time = Optional.empty();
        private FleetWindows windows = new FleetWindows(StatsSettings.DEFAULT, this);

        void restart(long shuffle) {
            FleetWindows.Loader loader = FleetWindows.load(StatsSettings.DEFAULT, this);
            List<Runnable> rows = new ArrayList<>();
            known.forEach((server, row) -> rows.add(() -> loader.known(server, row)));
            kept.values().forEach(row -> rows.add(() -> loader.kept(row)));
            time.ifPresent(row -> rows.add(() -> loader.time(row)));
            Collections.shuffle(rows, new Random(shuffle));
            rows.forEach(Runnable::run);
            windows = loader.finish();
        }

        @Override
        public void known(String server, KnownServer row) {
            known.put(server, row);
        }

        @Override
        public void knownGone(String server) {
            assertThat(known.remove(server)).isNotNull();
        }

        @Override
        public void kept(WindowStats stats) {
            kept.put(stats.key() + stats.window(), stats);
        }

        @Override
        public void keptGone(String server, Window window) {
            assertThat(kept.remove(server + window)).isNotNull();
        }

        @Override
        public void time(FleetTime row) {
            time = Optional.of(row);
        }

        @Override
        public void window(WindowStats stats) {
            told.add(stats);
        }
    }
}
