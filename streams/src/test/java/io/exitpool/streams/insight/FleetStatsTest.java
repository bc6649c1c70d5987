package io.exitpool.streams.insight;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.exitpool.schemas.PoolStats;
import io.exitpool.schemas.TimeDistribution;
import io.exitpool.streams.Seed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The groups' records are their servers' merged: a dashboard that merges gets the same. */
class FleetStatsTest {
    private static final String STOCKHOLM = "se-sto-wg-001";
    private static final String STOCKHOLM_2 = "se-sto-wg-002";
    private static final String BERLIN = "de-ber-wg-001";
    private static final Map<String, List<String>> GROUPS =
            Map.of(
                    "fleet", List.of(STOCKHOLM, STOCKHOLM_2, BERLIN),
                    "country/se", List.of(STOCKHOLM, STOCKHOLM_2),
                    "city/se-sto", List.of(STOCKHOLM, STOCKHOLM_2),
                    "country/de", List.of(BERLIN),
                    "city/de-ber", List.of(BERLIN));

    private static final List<ToLongFunction<PoolStats>> COUNTS =
            List.of(
                    PoolStats::getStarts,
                    PoolStats::getRetries,
                    PoolStats::getSlots,
                    PoolStats::getPlaces,
                    PoolStats::getPtrUpdates,
                    PoolStats::getLostDecisions,
                    one -> one.getGrants().getRegular(),
                    one -> one.getGrants().getAdopted(),
                    one -> one.getRejections().getExhausted(),
                    one -> one.getRejections().getExhaustedFirst(),
                    one -> one.getReleases().getEnded(),
                    one -> one.getReleases().getVanished(),
                    one -> one.getSessions().getPeak(),
                    one -> one.getSlotUse().getGrants(),
                    one -> one.getSlotUse().getDistinctSlots(),
                    one -> one.getSlotUse().getSumSquares(),
                    one -> one.getSlotUse().getSumGLogG(),
                    one -> one.getCrowd().getSessionMillis(),
                    one -> one.getCrowd().getCrowdMillis(),
                    one -> one.getReuseGap() == null ? 0 : one.getReuseGap().getUnder1Minute(),
                    one -> one.getReuseGap() == null ? 0 : one.getReuseGap().getUnder5Minutes());

    private static final List<Function<PoolStats, TimeDistribution>> TIMES =
            List.of(
                    PoolStats::getHold,
                    PoolStats::getLag,
                    one -> one.getReuseGap() == null ? null : one.getReuseGap().getTimes());

    @TempDir Path dir;
    private Fleet fleet;
    private InsightDriver insight;

    @BeforeEach
    void open() {
        fleet = new Fleet(dir.resolve("allocation"));
        insight = new InsightDriver(dir.resolve("insight"), fleet.registry);
        fleet.add(STOCKHOLM, Fleet.pool(1, 8, Duration.ofSeconds(5)));
        fleet.add(STOCKHOLM_2, Fleet.pool(1, 20, Duration.ofSeconds(20)));
        fleet.add(BERLIN, Fleet.pool(1, 12, Duration.ZERO));
    }

    @AfterEach
    void close() {
        insight.close();
        fleet.close();
    }

    @Test
    void shouldMergeServersToTheirGroups() {
        // given
        Traffic traffic = new Traffic(fleet, Seed.of(FleetStatsTest.class), 0.5, 10);
        // when
        traffic.pass(Duration.ofMinutes(12).plusSeconds(2), STOCKHOLM, STOCKHOLM_2, BERLIN);
        insight.hear(fleet.allocation);
        // then
        Map<String, Map<Long, PoolStats>> servers = byKey(insight.minutes());
        Map<String, Map<Long, PoolStats>> groups = byKey(insight.fleetMinutes());
        assertThat(groups).containsOnlyKeys(GROUPS.keySet());
        GROUPS.forEach(
                (key, members) ->
                        groups.get(key)
                                .forEach(
                                        (start, group) ->
                                                assertMerged(
                                                        group,
                                                        members.stream()
                                                                .map(servers::get)
                                                                .map(its -> its.get(start))
                                                                .toList())));
        // The first two are told of servers only: not all of the fleet was there from the
        // beginning.
        assertThat(groups.get("fleet")).hasSize(10);
        assertThat(groups.values())
                .flatExtracting(Map::values)
                .allSatisfy(group -> assertThat(group.getMissingServers()).isEmpty());
        assertThat(groups.get("fleet").values())
                .as("the test must have times to merge")
                .filteredOn(group -> group.getReuseGap() != null && group.getHold() != null)
                .isNotEmpty();
        assertThat(groups.get("city/se-sto").values().iterator().next().getCity()).isEqualTo("sto");
        assertThat(groups.get("fleet").values().iterator().next().getCountry()).isNull();
    }

    @Test
    void shouldNameAServerWhoseStatisticsDoNotCome() {
        // given
        fleet.pass(Duration.ofSeconds(130));
        insight.hear(fleet.allocation);
        assertThat(insight.fleetMinutes())
                .allMatch(one -> one.value().getMissingServers().isEmpty());
        // when: the partition of one server stands still, that of the others does not
        fleet.pass(Duration.ofMinutes(4));
        List<TestRecord<byte[], byte[]>> statuses = fleet.allocation.written("exit-pool-status");
        statuses.stream().filter(one -> !isOf(BERLIN, one)).forEach(insight::status);
        // then
        List<TestRecord<String, PoolStats>> closed = insight.fleetMinutes();
        assertThat(closed)
                .filteredOn(one -> one.key().equals("fleet"))
                .isNotEmpty()
                .allSatisfy(
                        one -> {
                            assertThat(one.value().getMissingServers()).containsExactly(BERLIN);
                            assertThat(one.value().getServers()).isEqualTo(2);
                        });
        assertThat(closed)
                .filteredOn(one -> one.key().equals("city/se-sto"))
                .isNotEmpty()
                .allMatch(one -> one.value().getMissingServers().isEmpty());
        assertThat(closed).noneMatch(one -> one.key().startsWith("country/de"));
        // when: it comes after all
        statuses.stream().filter(one -> isOf(BERLIN, one)).forEach(insight::status);
        // then
        assertThat(insight.count("exitpool.late.windows")).isPositive();
        List<TestRecord<String, PoolStats>> all = new ArrayList<>(closed);
        all.addAll(insight.fleetMinutes());
        assertThat(all)
                .extracting(one -> one.key() + " " + one.timestamp())
                .as("one record per window and key")
                .doesNotHaveDuplicates();
    }

    private static void assertMerged(PoolStats group, List<PoolStats> members) {
        assertThat(members).doesNotContainNull();
        assertThat(group.getServers()).isEqualTo(members.size());
        for (ToLongFunction<PoolStats> count : COUNTS) {
            assertThat(count.applyAsLong(group)).isEqualTo(members.stream().mapToLong(count).sum());
        }
        for (Function<PoolStats, TimeDistribution> times : TIMES) {
            assertTimes(times.apply(group), members.stream().map(times).toList());
        }
        assertThat(group.getSessions().getMean())
                .isCloseTo(
                        members.stream().mapToDouble(one -> one.getSessions().getMean()).sum(),
                        within(1e-9));
        assertThat(group.getCoveredMillis())
                .isEqualTo(
                        members.stream()
                                .mapToLong(PoolStats::getCoveredMillis)
                                .min()
                                .orElseThrow());
        if (group.getLoad() != null) {
            assertThat(group.getLoad().getErlangs())
                    .isCloseTo(
                            members.stream()
                                    .map(PoolStats::getLoad)
                                    .filter(Objects::nonNull)
                                    .mapToDouble(load -> load.getErlangs())
                                    .sum(),
                            within(1e-9));
        }
    }

    private static void assertTimes(TimeDistribution group, List<TimeDistribution> members) {
        PublishedTimes merged = new PublishedTimes();
        members.stream().filter(Objects::nonNull).forEach(merged::add);
        if (group == null) {
            assertThat(merged.count()).isZero();
            return;
        }
        assertThat(merged.count()).isEqualTo(group.getCount());
        assertThat(merged.sumMillis()).isEqualTo(group.getSumMillis());
        assertThat(merged.buckets())
                .isEqualTo(
                        group.getBuckets().stream()
                                .collect(
                                        Collectors.toMap(
                                                one -> one.getIndex(),
                                                one -> one.getCount(),
                                                Long::sum,
                                                TreeMap::new)));
        assertThat(merged.percentile(1)).isEqualTo(group.getP1());
        assertThat(merged.percentile(5)).isEqualTo(group.getP5());
        assertThat(merged.percentile(50)).isEqualTo(group.getP50());
        assertThat(merged.percentile(95)).isEqualTo(group.getP95());
        assertThat(merged.percentile(99)).isEqualTo(group.getP99());
    }

    private static boolean isOf(String server, TestRecord<byte[], byte[]> record) {
        return new String(record.key(), UTF_8).equals(server);
    }

    /** By key and the window's start. */
    private static Map<String, Map<Long, PoolStats>> byKey(
            List<TestRecord<String, PoolStats>> records) {
        Map<String, Map<Long, PoolStats>> all = new LinkedHashMap<>();
        for (TestRecord<String, PoolStats> one : records) {
            PoolStats before =
                    all.computeIfAbsent(one.key(), key -> new TreeMap<>())
                            .put(one.value().getWindowStart(), one.value());
            assertThat(before).as("one record per window and key").isNull();
        }
        return all;
    }
}
