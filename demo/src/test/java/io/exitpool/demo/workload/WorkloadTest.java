package io.exitpool.demo.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.exitpool.demo.workload.ExitServer.WishScheme;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The generator gives the same workload for the same seed, and one of the stated statistics. */
class WorkloadTest {

    private static final long SEED = 7;
    private static final double WEEK = 7 * 24 * 60;

    private static final List<ExitServer> SERVERS =
            List.of(
                    server("se-sto-wg-208", 91, 1, false),
                    server("us-nyc-wg-601", 59, -5, false),
                    server("de-fra-wg-103", 30, 1, true),
                    server("us-slc-wg-303", 8, -7, true));

    @Test
    void shouldGiveTheSameWorkloadForTheSameSeed() {
        // given
        Visits one = new Visits(SERVERS, SEED, 1);
        Visits same = new Visits(SERVERS, SEED, 1);
        Visits other = new Visits(SERVERS, SEED + 1, 1);

        // when, then
        assertThat(one.before()).isNotEmpty().isEqualTo(same.before());
        assertThat(one.before()).isNotEqualTo(other.before());
        assertThat(take(one, 10_000)).isEqualTo(take(same, 10_000));
        assertThat(take(one, 100)).isNotEqualTo(take(other, 100));
        assertThat(new Incidents(SERVERS, SEED).ofCycle(3))
                .isEqualTo(new Incidents(SERVERS, SEED).ofCycle(3));
    }

    @Test
    void shouldSendMostOfACrashedServersClientsToItsNeighboursAndHomeAgain() {
        // given
        Incident.ServerCrash crash =
                new Incident.ServerCrash(23, "se-sto-wg-208", List.of("us-nyc-wg-601"));
        List<Visit> cut = on("se-sto-wg-208", new Visits(SERVERS, SEED, 1).before());

        double back = 31;

        // when
        List<Visit> visits = new Returns(crash, SEED).after(crash, cut, back);

        // then
        assertThat(visits).isEqualTo(new Returns(crash, SEED).after(crash, cut, back));
        List<Visit> storm = on("us-nyc-wg-601", visits);
        assertThat(storm)
                .allSatisfy(
                        visit -> {
                            assertThat(visit.startMinute()).isBetween(26.0, 27.0);
                            assertThat(visit.endMinute()).isLessThanOrEqualTo(33);
                        });
        long alive = cut.stream().filter(visit -> visit.endMinute() > 27).count();
        assertThat((double) storm.size() / alive).isBetween(0.8, 1.0);
        List<Visit> home = on("se-sto-wg-208", visits);
        assertThat(home)
                .isNotEmpty()
                .allSatisfy(visit -> assertThat(visit.startMinute()).isBetween(31.0, 33.0));
        assertThat(storm.size() + home.size()).isEqualTo(visits.size());
    }

    @Test
    void shouldCrashAServerThatHasNeighboursInItsPlace() {
        // given
        List<ExitServer> servers =
                List.of(
                        new ExitServer("us-dal-wg-701", "us-any", 60, -5, WishScheme.NONE, false),
                        new ExitServer("se-sto-wg-208", "se-sto", 91, 1, WishScheme.NONE, false),
                        new ExitServer("fi-hel-wg-201", "fi-hel", 66, 2, WishScheme.NONE, false),
                        new ExitServer("us-lax-wg-002", "us-any", 91, -8, WishScheme.NONE, false));

        for (int cycle = 0; cycle < 20; cycle++) {
            // when
            List<Incident> hour = new Incidents(servers, SEED).ofCycle(cycle);

            // then
            Incident.ServerCrash crash = of(Incident.ServerCrash.class, hour).get(0);
            assertThat(List.of(crash.server(), crash.neighbours().get(0)))
                    .containsExactlyInAnyOrder("us-dal-wg-701", "us-lax-wg-002");
            assertThat(crash.neighbours()).hasSize(1);
        }
    }

    @Test
    void shouldBringNoServerMoreThanItsPoolCarries() {
        // given
        Visits visits = new Visits(SERVERS, SEED, 1);

        // when
        List<Visit> month = take(visits, 20_000);

        // then: 8 slots carry 2.05 erlangs with a loss of 0.1 %
        double minutes = month.get(month.size() - 1).startMinute();
        double erlangs = on("us-slc-wg-303", month).size() * Durations.MEAN / minutes;
        assertThat(erlangs).isCloseTo(0.8 * 2.05, within(0.2));
    }

    @Test
    void shouldArriveInTheOrderOfTime() {
        // when
        List<Visit> visits = take(new Visits(SERVERS, SEED, 3), 5_000);

        // then
        assertThat(visits).isSortedAccordingTo(Comparator.comparingDouble(Visit::startMinute));
    }

    @Test
    void shouldMixShortInteractiveAndPermanentSessions() {
        // given
        RandomGenerator random = new SplittableRandom(SEED);
        int samples = 200_000;

        // when
        double[] durations = random.doubles(samples).map(x -> Durations.sample(random)).toArray();

        // then
        assertThat(Durations.MEAN).isCloseTo(196, within(0.5));
        assertThat(mean(durations)).isCloseTo(196, within(196 * 0.03));
        // Below its median of 6 minutes: half the short ones and 1 % of the interactive ones.
        assertThat(shareBelow(6, durations)).isCloseTo(0.180, within(0.005));
        assertThat(shareBelow(600, durations)).isCloseTo(0.909, within(0.005));
        assertThat(shareBelow(WEEK, durations)).isEqualTo(1);
    }

    @Test
    void shouldFindLongSessionsWhereSomeAreUnderWay() {
        // given
        RandomGenerator random = new SplittableRandom(SEED);

        // when
        double[] rest =
                random.doubles(200_000).map(x -> Durations.sampleRemaining(random)).toArray();

        // then: the mean of what is left is E[d^2] / 2 E[d] = 576 without the cut at a week
        assertThat(mean(rest)).isCloseTo(560, within(25.0));
    }

    @Test
    void shouldFollowTheLocalDayAndTheWeekend() {
        // given
        Arrivals arrivals = new Arrivals(10, 1, new Random(SEED));
        List<Double> minutes = new ArrayList<>();

        // when
        double minute = arrivals.next(0);
        while (minute < 4 * WEEK) {
            minutes.add(minute);
            minute = arrivals.next(minute);
        }

        // then
        double weekend = 1 + 0.1 * 2 / 7;
        assertThat(minutes.size() / (4 * WEEK)).isCloseTo(10 * weekend, within(0.05));
        // The run begins at 12 h UTC, 13 h there: 21 h is 8 hours later, 9 h is 20 hours later.
        assertThat(Arrivals.factor(8 * 60, 1)).isCloseTo(1.55, within(1e-9));
        assertThat(Arrivals.factor(20 * 60, 1)).isCloseTo(0.45, within(1e-9));
        assertThat(Arrivals.factor((4 * 24 + 8) * 60, 1)).isCloseTo(1.55 * 1.1, within(1e-9));
        assertThat(perMinute(minutes, 8) / perMinute(minutes, 20))
                .isCloseTo(1.55 / 0.45, within(0.3));
    }

    @Test
    void shouldLoadServersByTheSizeOfTheirPoolsAndLoseSomeReports() {
        // given
        int taken = 100_000;

        // when
        List<Visit> visits = take(new Visits(SERVERS, SEED, 20), taken);

        // then: Zipf's law with exponent 0.8 over four ranks, at the same phase of the day
        double first = share(visits, visit -> visit.server().equals("se-sto-wg-208") ? 1 : 0);
        double third = share(visits, visit -> visit.server().equals("de-fra-wg-103") ? 1 : 0);
        assertThat(first / third).isCloseTo(Math.pow(3, 0.8), within(0.1));
        assertThat(share(visits, visit -> visit.endLost() ? 1 : 0)).isCloseTo(0.03, within(0.003));
        assertThat(share(visits, visit -> visit.startRepeated() ? 1 : 0))
                .isCloseTo(0.005, within(0.001));
        assertThat(share(visits, visit -> visit.endRepeated() ? 1 : 0))
                .isCloseTo(0.005, within(0.001));
    }

    @Test
    void shouldHaveEveryKindOfIncidentInEveryHour() {
        // given
        Incidents incidents = new Incidents(SERVERS, SEED);

        for (int cycle = 0; cycle < 50; cycle++) {
            // when
            List<Incident> hour = incidents.ofCycle(cycle);

            // then
            double start = cycle * Incidents.CYCLE_MINUTES;
            assertThat(hour)
                    .isSortedAccordingTo(Comparator.comparingDouble(Incident::minute))
                    .allSatisfy(
                            incident -> assertThat(incident.minute()).isBetween(start, start + 60));
            assertThat(of(Incident.ReconnectWave.class, hour))
                    .extracting(Incident::server)
                    .containsExactly("de-fra-wg-103", "us-slc-wg-303");
            assertThat(of(Incident.ServerCrash.class, hour))
                    .singleElement()
                    .satisfies(
                            crash ->
                                    assertThat(crash.neighbours())
                                            .hasSizeBetween(1, 3)
                                            .doesNotContain(crash.server()));
            assertThat(of(Incident.AgentRestart.class, hour)).hasSize(1);
            assertThat(of(Incident.SlotRelease.class, hour)).hasSize(1);
            String setAside = of(Incident.SetAside.class, hour).get(0).server();
            assertThat(of(Incident.Restore.class, hour))
                    .extracting(Incident::server)
                    .containsExactly(setAside);
        }
    }

    private static ExitServer server(String name, int slots, double offset, boolean bends) {
        return new ExitServer(name, name.substring(0, 6), slots, offset, WishScheme.NONE, bends);
    }

    private static List<Visit> take(Visits visits, int count) {
        return Stream.generate(visits::next).limit(count).toList();
    }

    private static List<Visit> on(String server, List<Visit> visits) {
        return visits.stream().filter(visit -> visit.server().equals(server)).toList();
    }

    private static <T extends Incident> List<T> of(Class<T> kind, List<Incident> incidents) {
        return incidents.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double shareBelow(double limit, double[] values) {
        return (double) Arrays.stream(values).filter(value -> value < limit).count()
                / values.length;
    }

    private static double share(List<Visit> visits, ToDoubleFunction<Visit> counted) {
        return visits.stream().mapToDouble(counted).average().orElseThrow();
    }

    /** Arrivals within half an hour of an hour of the run's days, weekends left out. */
    private static double perMinute(List<Double> minutes, double hour) {
        return minutes.stream()
                .filter(minute -> minute % WEEK < 3 * 24 * 60)
                .filter(minute -> Math.abs(minute % (24 * 60) / 60 - hour) < 0.5)
                .count();
    }
}
