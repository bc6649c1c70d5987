package io.exitpool.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.exitpool.core.stats.ErlangB;
import io.exitpool.schemas.Crowd;
import io.exitpool.schemas.Gauge;
import io.exitpool.schemas.GrantCounts;
import io.exitpool.schemas.IgnoredCounts;
import io.exitpool.schemas.OfferedLoad;
import io.exitpool.schemas.PoolConfig;
import io.exitpool.schemas.PoolStats;
import io.exitpool.schemas.RejectionCounts;
import io.exitpool.schemas.ReleaseCounts;
import io.exitpool.schemas.SlotUse;
import io.exitpool.schemas.connection.TopicReader.Entry;
import io.exitpool.schemas.topic.Topics;
import io.exitpool.schemas.wire.UndecodableException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class FleetSizingTest {

    private static final long MINUTE = 60_000;
    private static final long NOON = 1_782_043_200_000L;

    private final FleetSizing fleet = new FleetSizing();

    @Test
    void shouldPutThoseFirstThatNeedMore() {
        // given: 30 slots each, which carry 16.7 erlangs at 0.1 %
        give("se-sto-wg-208", 1, stats(NOON, 30, load(10)));
        give("de-fra-wg-103", 1, stats(NOON, 30, load(40)));
        give("au-mel-wg-402", 1, stats(NOON, 30, load(16)));
        give("us-slc-wg-303", 1, stats(NOON, 30, load(20)));

        // when
        FleetSizing.Report report = fleet.report(OptionalDouble.empty());

        // then
        assertThat(report.servers())
                .extracting(ServerSizing::server)
                .containsExactly(
                        "de-fra-wg-103", "us-slc-wg-303", "au-mel-wg-402", "se-sto-wg-208");
        assertThat(report.needingMore()).isEqualTo(2);
        ServerSizing first = report.servers().get(0);
        assertThat(first.needed()).isEqualTo(ErlangB.places(40, 0.001));
        assertThat(first.missing()).isEqualTo(first.needed() - 30);
        assertThat(report.servers().get(3).missing()).isZero();
        assertThat(report.without()).isEmpty();
    }

    @Test
    void shouldTakeTheNewestWindowInWhateverOrderTheyCome() {
        give("se-sto-wg-208", 1, stats(NOON, 30, load(20)));
        fleet.stats(entry("se-sto-wg-208", stats(NOON - MINUTE, 30, load(1))));

        assertThat(fleet.report(OptionalDouble.empty()).servers())
                .singleElement()
                .satisfies(one -> assertThat(one.load().getErlangs()).isEqualTo(20))
                .satisfies(one -> assertThat(one.until()).isEqualTo(NOON + MINUTE));
    }

    @Test
    void shouldCountSlotsOfSharedPools() {
        // given: 8 slots of 4 places, 2 of them set aside
        PoolStats stats = stats(NOON, 8, load(30));
        stats.setPlaces(24);
        give("se-sto-wg-208", 4, stats);

        // when
        ServerSizing server = fleet.report(OptionalDouble.of(0.01)).servers().get(0);

        // then
        assertThat(server.slots()).isEqualTo(8);
        assertThat(server.usable()).isEqualTo(6);
        assertThat(server.target()).isEqualTo(0.01);
        assertThat(server.carriedErlangs()).isEqualTo(ErlangB.load(24, 0.01));
        assertThat(server.needed()).isEqualTo((ErlangB.places(30, 0.01) + 3) / 4);
    }

    @Test
    void shouldNameServersWithoutStatisticsAndWhy() {
        // given
        fleet.config(entry("au-mel-wg-402", config(1)));
        give("de-fra-wg-103", 1, stats(NOON, 30, null));
        fleet.config(entry("fi-hel-wg-201", config(1)));
        fleet.stats(undecodable("fi-hel-wg-201"));
        give("us-slc-wg-303", 1, stats(NOON, 30, load(2)));
        give("no-osl-wg-101", 1, stats(NOON, 30, load(2)));
        fleet.config(tombstone("no-osl-wg-101"));

        // when
        FleetSizing.Report report = fleet.report(OptionalDouble.empty());

        // then
        assertThat(report.servers())
                .extracting(ServerSizing::server)
                .containsExactly("us-slc-wg-303");
        assertThat(report.without())
                .containsOnlyKeys("au-mel-wg-402", "de-fra-wg-103", "fi-hel-wg-201")
                .containsEntry("de-fra-wg-103", "too little is known of its load yet");
        assertThat(report.without().get("fi-hel-wg-201")).contains("exit-pool-stats-1m/3@7");
        assertThat(PlanText.write(report, NOON))
                .contains("0 of 1 servers need more.")
                .contains("Without statistics:")
                .containsPattern("au-mel-wg-402 +no recent statistics: is the insight running\\?");
    }

    @Test
    void shouldJudgeAPoolOfWhichAllIsSetAside() {
        PoolStats stats = stats(NOON, 8, load(3));
        stats.setPlaces(0);
        stats.getLoad().setCarriedErlangs(0);
        stats.getLoad().setBlocking(1);
        give("se-sto-wg-208", 1, stats);

        ServerSizing server = fleet.report(OptionalDouble.empty()).servers().get(0);

        assertThat(server.usable()).isZero();
        assertThat(server.missing()).isEqualTo(ErlangB.places(3, 0.001));
    }

    @Test
    void shouldWriteATableAndJson() throws Exception {
        // given
        PoolStats incomplete = stats(NOON, 30, load(20));
        incomplete.setIncomplete(true);
        give("us-slc-wg-303", 1, incomplete);
        give("se-sto-wg-208", 1, stats(NOON, 30, load(10)));

        // when
        FleetSizing.Report report = fleet.report(OptionalDouble.empty());

        // then
        List<String> lines = PlanText.write(report, NOON + 2 * MINUTE).lines().toList();
        assertThat(lines.get(0)).matches("SERVER +SLOTS +USABLE +NEEDED +MORE .*");
        assertThat(lines.get(1))
                .matches(
                        "us-slc-wg-303 +30 +30 +35 +\\+5 +2.00 +20.00 +16.68 +0.846% +0.1% +60"
                                + " +2026-06-21T12:01:00Z \\(incomplete\\)");
        assertThat(lines.get(2)).matches("se-sto-wg-208 +30 +30 +21 +- .*Z");
        assertThat(lines)
                .contains("1 of 2 servers needs more.")
                .noneMatch(l -> l.contains("(old)"));
        JsonNode json = new ObjectMapper().readTree(PlanJson.write(report));
        assertThat(json.get("needingMore").asInt()).isOne();
        assertThat(json.at("/servers/0/slotsMissing").asInt()).isEqualTo(5);
        assertThat(json.at("/servers/0/windowEnd").asText()).isEqualTo("2026-06-21T12:01:00Z");
        assertThat(json.get("withoutStatistics")).isEmpty();
    }

    @Test
    void shouldMarkStatisticsThatAreOld() {
        give("se-sto-wg-208", 1, stats(NOON, 30, load(0.1)));

        String text = PlanText.write(fleet.report(OptionalDouble.empty()), NOON + 6 * MINUTE);

        assertThat(text)
                .containsPattern("se-sto-wg-208 .* <0.0001% .*Z \\(old\\)")
                .contains("(old): no window for 5 minutes or more");
    }

    @Test
    void shouldSayThatThereIsNoFleet() {
        assertThat(PlanText.write(fleet.report(OptionalDouble.empty()), NOON))
                .startsWith("No server is configured");
    }

    private void give(String server, int cap, PoolStats stats) {
        fleet.config(entry(server, config(cap)));
        fleet.stats(entry(server, stats));
    }

    private static PoolConfig config(int cap) {
        return PoolConfig.newBuilder()
                .setVersion(1)
                .setSlots(List.of())
                .setNextSlotId(0)
                .setCap(cap)
                .build();
    }

    private static OfferedLoad load(double erlangs) {
        double blocking = ErlangB.blocking(erlangs, 30);
        return OfferedLoad.newBuilder()
                .setMinutes(60)
                .setArrivalsPerMinute(2)
                .setMeanHoldSeconds(erlangs * 30)
                .setRestSeconds(0)
                .setErlangs(erlangs)
                .setBlocking(blocking)
                .setObserved(0)
                .setExcess(-blocking)
                .setExcessLow(-blocking)
                .setExcessHigh(0)
                .setTarget(0.001)
                .setSlotsNeeded(ErlangB.places(erlangs, 0.001))
                .setCarriedErlangs(ErlangB.load(30, 0.001))
                .build();
    }

    private static PoolStats stats(long start, long slots, OfferedLoad load) {
        Gauge none = new Gauge(0.0, 0L);
        return PoolStats.newBuilder()
                .setWindowStart(start)
                .setWindowMillis(MINUTE)
                .setServers(1)
                .setIncomplete(false)
                .setCoveredMillis(MINUTE)
                .setStarts(0)
                .setRetries(0)
                .setGrants(new GrantCounts(0L, 0L, 0L, 0L, 0L, 0L, 0L))
                .setRejections(new RejectionCounts(0L, 0L, 0L, 0L, 0L, 0L))
                .setReleases(new ReleaseCounts(0L, 0L, 0L, 0L, 0L, 0L))
                .setSlots(slots)
                .setPlaces(slots)
                .setSessions(none)
                .setInUse(none)
                .setResting(none)
                .setFree(none)
                .setSetAside(none)
                .setLoad(load)
                .setSlotUse(
                        SlotUse.newBuilder()
                                .setGrants(0)
                                .setDistinctSlots(0)
                                .setMostGrants(0)
                                .setSumSquares(0)
                                .setSumGLogG(0)
                                .build())
                .setCrowd(
                        Crowd.newBuilder()
                                .setSessionMillis(0)
                                .setAloneMillis(0)
                                .setCrowdMillis(0)
                                .build())
                .setPtrUpdates(0)
                .setIgnored(new IgnoredCounts(0L, 0L, 0L, 0L, 0L, 0L, 0L))
                .setLostDecisions(0)
                .build();
    }

    private static Entry<PoolConfig> entry(String server, PoolConfig config) {
        return new Entry<>(
                Topics.POOL_CONFIGS.name(), 3, 7, NOON, server, config, Optional.empty());
    }

    private static Entry<PoolConfig> tombstone(String server) {
        return entry(server, (PoolConfig) null);
    }

    private static Entry<PoolStats> entry(String server, PoolStats stats) {
        return new Entry<>(
                Topics.POOL_STATS_1M.name(), 3, 7, NOON, server, stats, Optional.empty());
    }

    private static Entry<PoolStats> undecodable(String server) {
        return new Entry<>(
                Topics.POOL_STATS_1M.name(),
                3,
                7,
                NOON,
                server,
                null,
                Optional.of(
                        new UndecodableException(
                                UndecodableException.Reason.MALFORMED, "no record")));
    }
}
