package io.exitpool.core.insight;

import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.core.Seed;
import io.exitpool.core.stats.GroupStats;
import io.exitpool.core.stats.Place;
import io.exitpool.core.stats.StatsSettings;
import io.exitpool.core.stats.Times;
import io.exitpool.core.stats.Window;
import io.exitpool.core.stats.WindowStats;
import io.exitpool.core.stats.WindowStats.GapDistribution;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * From decisions to the fleet: what a group publishes is the exact merge of what its members
 * published, and nobody publishes times of fewer than k sessions. So whatever is subtracted from
 * whatever, what is left are published groups of k or more.
 */
class FleetOfPoolsTest {
    private static final StatsSettings SETTINGS = StatsSettings.DEFAULT.withMinute(10_000);
    private static final String[] SERVERS = {
        "se-sto-wg-201", "se-sto-wg-202", "se-got-wg-001", "de-ber-wg-002", "lonely"
    };

    @Test
    void shouldMergeExactlyWhatTheMembersPublished() {
        long seed = Seed.givenOr(11);
        Seed.run(getClass(), seed, () -> check(seed));
    }

    private static void check(long seed) {
        // given
        Tape tape = new BusyServers(seed, SERVERS).run(20 * 60_000).tape;
        RecordingStats stats = new RecordingStats(SETTINGS);
        for (String server : SERVERS) {
            RandomPoolsTest.play(tape, server, stats, new SplittableRandom(seed), 0.5, 0);
        }

        // when
        Told told = new Told();
        FleetWindows fleet = new FleetWindows(SETTINGS, told);
        stats.signals.stream()
                .filter(Signal.Known.class::isInstance)
                .map(Signal.Known.class::cast)
                .forEach(fleet::onKnown);
        stats.windows.stream()
                .sorted(Comparator.comparing(its -> its.window().end()))
                .forEach(its -> fleet.onClosed(new Signal.Closed(its)));

        // then
        Map<Window, List<WindowStats>> members =
                stats.windows.stream().collect(Collectors.groupingBy(WindowStats::window));
        assertThat(fleet.late()).isZero();
        assertThat(told.windows.stream().map(WindowStats::key).distinct())
                .containsExactlyInAnyOrder(
                        "fleet",
                        "country/se",
                        "country/de",
                        "city/se-sto",
                        "city/se-got",
                        "city/de-ber");
        for (WindowStats group : told.windows) {
            List<WindowStats> its =
                    members.get(group.window()).stream()
                            .filter(member -> isIn(member.place(), group.place()))
                            .toList();
            Times merged =
                    its.stream().map(FleetOfPoolsTest::times).reduce(Times.NONE, Times::plus);
            assertThat(times(group)).isEqualTo(merged);
            assertThat(group.servers()).isEqualTo(its.size());
            assertThat(group.traffic().starts())
                    .isEqualTo(its.stream().mapToLong(one -> one.traffic().starts()).sum());
            assertThat(group.slotUse().most())
                    .isEqualTo(its.stream().mapToLong(one -> one.slotUse().most()).max().orElse(0));
            assertThat(group.crowd().sessionMillis())
                    .isEqualTo(its.stream().mapToLong(one -> one.crowd().sessionMillis()).sum());
        }
        List<WindowStats> all = new ArrayList<>(told.windows);
        all.addAll(stats.windows);
        all.forEach(FleetOfPoolsTest::shouldTellOfEnough);
        assertThat(all).anyMatch(one -> one.gaps().isPresent());
        assertThat(all).anyMatch(one -> one.gaps().isEmpty() && one.slotUse().grants() > 0);
    }

    @Test
    void shouldMergeAlikeInAnyOrderButForTheLastBitsOfItsDoubles() {
        // given
        Tape tape = new BusyServers(3, SERVERS).run(8 * 60_000).tape;
        RecordingStats stats = new RecordingStats(SETTINGS);
        for (String server : SERVERS) {
            RandomPoolsTest.play(tape, server, stats, new SplittableRandom(3), 0, 0);
        }
        List<WindowStats> some = new ArrayList<>(stats.windows.subList(0, 40));
        WindowStats merged = GroupStats.merge("some", Place.NOWHERE, some, List.of());

        // when
        Collections.shuffle(some, new Random(3));

        // then
        assertThat(GroupStats.merge("some", Place.NOWHERE, some, List.of()))
                .usingRecursiveComparison()
                .ignoringFields("load", "window")
                .isEqualTo(merged);
    }

    private static boolean isIn(Place place, Place group) {
        return (group.country().isEmpty() || group.country().equals(place.country()))
                && (group.city().isEmpty() || group.city().equals(place.city()));
    }

    private static Times times(WindowStats stats) {
        return new Times(stats.holds(), stats.gaps(), stats.lags());
    }

    private static void shouldTellOfEnough(WindowStats stats) {
        stats.holds().ifPresent(its -> assertThat(its.count()).isGreaterThanOrEqualTo(10));
        stats.lags().ifPresent(its -> assertThat(its.count()).isGreaterThanOrEqualTo(10));
        stats.gaps()
                .map(GapDistribution::times)
                .ifPresent(its -> assertThat(its.count()).isGreaterThanOrEqualTo(10));
    }

    private static final class Told implements FleetSink {
        private final List<WindowStats> windows = new ArrayList<>();

        @Override
        public void known(String server, KnownServer known) {}

        @Override
        public void knownGone(String server) {}

        @Override
        public void kept(WindowStats stats) {}

        @Override
        public void keptGone(String server, Window window) {}

        @Override
        public void time(FleetTime time) {}

        @Override
        public void window(WindowStats stats) {
            windows.add(stats);
        }
    }
}
