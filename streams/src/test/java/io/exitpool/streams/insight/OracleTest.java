package io.exitpool.streams.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.exitpool.core.pool.PlacementPolicy;
import io.exitpool.core.stats.StatsSettings;
import io.exitpool.schemas.PoolStats;
import io.exitpool.schemas.wire.Wire;
import io.exitpool.streams.Seed;
import io.exitpool.streams.allocation.AllocationDriver;
import io.exitpool.streams.config.AppConfig.Guarantee;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What operators read, against what theory says: agents' events go in at one end of both real
 * topologies, and the hours' records come out at the other, where nothing but their buckets and
 * sums is looked at. 60 slots, 35 erlangs, log-normal sessions of 45 minutes in the mean with sigma
 * 1.5, as the table of reuse gaps by policy was made.
 *
 * <p>All of its times are divided by five: a loss system has no clock of its own, so that every gap
 * is a fifth and every share the same, and an hour is worth five. Gaps below a minute here are
 * those below five minutes there; figures are told and held against the table times five.
 *
 * <p>Tolerances: {@value #HOURS} hours have some 6,000 arrivals, whose number alone is off by 1.3
 * %, and a gap follows the idle slots' share, which is the smaller part: three standard errors of
 * the mean gap are some 12 %, of low quantiles more, because few crowded hours make them. Published
 * quantiles are within a 64th of their own. What does not depend on chance is held much tighter:
 * the mean gap to the published load (Little), Erlang's formula to the published erlangs.
 */
class OracleTest {
    private static final int SLOTS = 60;
    private static final double ERLANGS = 35;
    private static final double SIGMA = 1.5;
    private static final int SCALE = 5;
    private static final Duration HOLD = Duration.ofMinutes(45).dividedBy(SCALE);
    private static final double MINUTE = 60_000;

    /** Hours that are looked at, after two in which the pool fills. */
    private static final int HOURS = 26;

    private static final int FILLING = 2;
    private static final Instant BEGIN = AllocationDriver.START;

    @TempDir Path dir;

    @ParameterizedTest(name = "{0}, rest {1} min")
    @CsvSource({
        "UNIFORM_RANDOM,  0, 0.3,  1.5,  21, 0.153,  0",
        "LONGEST_RESTED,  0, 11.8, 17.3, 32, 0.0003, 0",
        "UNIFORM_RANDOM, 10, 10.2, 10.9, 24, 0,      0.0019",
        "UNIFORM_RANDOM, 20, 20.1, 20.5, 28, 0,      0.025",
        "LONGEST_RESTED, 10, 13.0, 17.5, 32, 0,      0.0015",
    })
    void shouldTellTheGapsAndTheLossOfItsPolicy(
            PlacementPolicy placement,
            int restMinutes,
            double p1,
            double p5,
            double p50,
            double within5Minutes,
            double blocking) {
        // given
        Duration rest = Duration.ofMinutes(restMinutes).dividedBy(SCALE);
        // when
        List<PoolStats> hours =
                hours(
                        (registry, allocation, insight) ->
                                new RealAllocation(
                                        allocation,
                                        insight,
                                        new Wire(registry, true),
                                        Fleet.pool(1, SLOTS, rest, placement, Fleet.NEVER)));
        // then
        PublishedTimes gaps = PublishedTimes.gaps(hours);
        print(placement + " rest " + restMinutes, hours, gaps);
        assertThat(hours).hasSize(HOURS).noneMatch(PoolStats::getIncomplete);
        assertThat(scaled(gaps.percentile(1))).isCloseTo(p1, within(0.15 + 0.15 * p1));
        assertThat(scaled(gaps.percentile(5))).isCloseTo(p5, within(0.3 + 0.1 * p5));
        assertThat(scaled(gaps.percentile(50))).isCloseTo(p50, within(0.1 * p50));
        double soon = (double) gaps.under1Minute() / gaps.count();
        if (restMinutes > 0) {
            assertThat(gaps.under1Minute()).as("the rest is kept").isZero();
        }
        assertThat(soon).isCloseTo(within5Minutes, within(0.004 + 0.2 * within5Minutes));
        assertThat(lossOf(hours)).isCloseTo(blocking, within(0.001 + 0.6 * blocking));
        assertLittle(hours, gaps);
        assertLoad(hours, restMinutes);
    }

    /** Its mean gap is none to hold: the slots at the bottom of the stack are not granted again. */
    @Test
    void shouldShowALifo() {
        // when
        List<PoolStats> hours =
                hours((registry, allocation, insight) -> new LifoAllocation(insight, SLOTS, BEGIN));
        // then
        PublishedTimes gaps = PublishedTimes.gaps(hours);
        print("LIFO", hours, gaps);
        assertThat(scaled(gaps.percentile(1))).isCloseTo(0.01, within(0.01));
        assertThat(scaled(gaps.percentile(5))).isCloseTo(0.07, within(0.03));
        assertThat(scaled(gaps.percentile(50))).isCloseTo(1.4, within(0.3));
        assertThat((double) gaps.under1Minute() / gaps.count()).isCloseTo(0.728, within(0.05));
        assertThat(lossOf(hours)).isLessThan(0.001);
        assertLoad(hours, 0);
        // The censored gaps are missing in the mean, which Little's law has in full.
        assertThat(gaps.meanMillis()).isLessThan(0.95 * littlesMean(hours));
    }

    /** Where the sessions of the loss system go. */
    private interface Opened {
        LossSystem.Allocation on(
                MockSchemaRegistryClient registry,
                AllocationDriver allocation,
                InsightDriver insight);
    }

    private List<PoolStats> hours(Opened opened) {
        MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
        // At least once: the test driver commits every record, and that is twice as fast.
        Guarantee guarantee = Guarantee.AT_LEAST_ONCE;
        try (AllocationDriver allocation =
                        new AllocationDriver(dir.resolve("allocation"), 1, guarantee, registry);
                InsightDriver insight =
                        new InsightDriver(
                                dir.resolve("insight"),
                                registry,
                                1,
                                guarantee,
                                StatsSettings.DEFAULT)) {
            LossSystem.Allocation its = opened.on(registry, allocation, insight);
            LossSystem system =
                    new LossSystem(ERLANGS, HOLD, SIGMA, BEGIN, Seed.orElse(60, OracleTest.class));
            system.run(its, BEGIN.plus(Duration.ofHours(FILLING + HOURS)));
            List<PoolStats> hours = insight.hours().stream().map(TestRecord::value).toList();
            return hours.subList(FILLING, hours.size());
        }
    }

    /**
     * Empty slots over the rate of grants, both as published: 3 % are for the gaps that began
     * before and end after the hours looked at.
     */
    private static void assertLittle(List<PoolStats> hours, PublishedTimes gaps) {
        assertThat(gaps.meanMillis())
                .isCloseTo(littlesMean(hours), within(0.03 * gaps.meanMillis()));
        assertThat(scaled(gaps.meanMillis())).isBetween(28.0, 37.0);
    }

    private static double littlesMean(List<PoolStats> hours) {
        double empty = SLOTS - mean(hours, hour -> hour.getInUse().getMean());
        double grants = mean(hours, hour -> hour.getSlotUse().getGrants());
        return empty / grants * Duration.ofHours(1).toMillis();
    }

    private static void assertLoad(List<PoolStats> hours, int restMinutes) {
        double offered = ERLANGS * (45 + restMinutes) / 45;
        double told = mean(hours, hour -> hour.getLoad().getErlangs());
        assertThat(told).isCloseTo(offered, within(0.1 * offered));
        for (PoolStats hour : hours) {
            assertThat(hour.getLoad().getBlocking())
                    .isCloseTo(erlangB(hour.getLoad().getErlangs(), SLOTS), within(1e-12));
        }
        // Of the mean load, because blocking is convex: the mean of the hours' is above it.
        double explained = erlangB(told, SLOTS);
        assertThat(lossOf(hours)).isCloseTo(explained, within(0.001 + 0.5 * explained));
    }

    /** B(0) = 1, B(k) = a B(k-1) / (k + a B(k-1)): as the books have it. */
    private static double erlangB(double erlangs, int places) {
        double blocking = 1;
        for (int k = 1; k <= places; k++) {
            blocking = erlangs * blocking / (k + erlangs * blocking);
        }
        return blocking;
    }

    private static double lossOf(List<PoolStats> hours) {
        return sum(hours, hour -> hour.getRejections().getExhaustedFirst())
                / sum(hours, PoolStats::getStarts);
    }

    private static double sum(List<PoolStats> hours, ToDoubleFunction<PoolStats> figure) {
        return hours.stream().mapToDouble(figure).sum();
    }

    private static double mean(List<PoolStats> hours, ToDoubleFunction<PoolStats> figure) {
        return sum(hours, figure) / hours.size();
    }

    /** Minutes of the table. */
    private static double scaled(double millis) {
        return SCALE * millis / MINUTE;
    }

    private static void print(String policy, List<PoolStats> hours, PublishedTimes gaps) {
        System.out.printf(
                "%-24s blocking %.4f gap mean %.1f (Little %.1f) p1 %.2f p5 %.2f p50 %.1f min,"
                        + " below 5 min %.4f, load %.1f, Erlang B of it %.4f, starts %.0f%n",
                policy,
                lossOf(hours),
                scaled(gaps.meanMillis()),
                scaled(littlesMean(hours)),
                scaled(gaps.percentile(1)),
                scaled(gaps.percentile(5)),
                scaled(gaps.percentile(50)),
                (double) gaps.under1Minute() / gaps.count(),
                mean(hours, hour -> hour.getLoad().getErlangs()),
                erlangB(mean(hours, hour -> hour.getLoad().getErlangs()), SLOTS),
                sum(hours, PoolStats::getStarts));
    }
}
