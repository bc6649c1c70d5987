package io.exitpool.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.schemas.Decision;
import io.exitpool.schemas.PoolStats;
import io.exitpool.schemas.connection.TopicReader;
import io.exitpool.schemas.connection.TopicReader.Entry;
import io.exitpool.schemas.connection.TopicReader.Start;
import io.exitpool.schemas.topic.Topics;
import io.exitpool.streams.app.ExitpoolApp;
import io.exitpool.streams.app.Rules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Windows on a real broker: on time, and nothing lost or doubled, whatever happens meanwhile. */
class InsightIT {
    private static final long MINUTE = 2_000;
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration ON_TIME = Duration.ofSeconds(5);
    private static final int PARTITIONS = 12;

    private static final String BUSY = "se-sto-wg-001";
    private static final String IDLE = "se-sto-wg-002";
    private static final String SILENT = "se-sto-wg-003";
    private static final List<String> SERVERS = List.of(BUSY, IDLE, SILENT);

    private static final String POOLS =
            """
            defaults: {min-rest: 1s, lease-ttl: 5m}
            servers:
              se-sto-wg-001: {v4: [192.0.2.1-192.0.2.80]}
              se-sto-wg-002: {v4: [192.0.2.81-192.0.2.160]}
              se-sto-wg-003: {v4: [192.0.2.161-192.0.2.240]}
            """;

    @Test
    void shouldTellAWindowSoonAfterItsEndWhetherOrNotAnythingHappened() {
        try (Site site = Site.onSharedCluster();
                Fleet fleet = Fleet.of(site, List.of(BUSY, IDLE))) {
            // given: one server is busy, one has nothing to do, and of one nobody ever heard
            site.applyPools(POOLS);
            try (ExitpoolApp app = site.start(both(site), ShortWindowsMain.rules(MINUTE));
                    TopicReader reader =
                            TopicReader.open(
                                    site.connection(), List.of(Topics.POOL_STATS_1M), Start.END)) {
                fleet.startAgents();
                Waiting.until(() -> SERVERS.stream().allMatch(name -> isKnown(site, name)));
                long since = System.currentTimeMillis();
                Map<String, List<Long>> lateness = new HashMap<>();

                // when
                try (Load load = Load.start(InsightIT.class, List.of(fleet.server(BUSY)), 20)) {
                    Waiting.until(
                            () -> {
                                reader.poll(POLL).forEach(entry -> note(entry, since, lateness));
                                return SERVERS.stream()
                                        .allMatch(name -> count(lateness, name) >= 6);
                            });
                }

                // then
                System.out.printf(
                        "InsightIT: windows of %d ms came so many ms after their ends: %s%n",
                        MINUTE, lateness);
                assertThat(lateness).containsOnlyKeys(SERVERS);
                lateness.forEach(
                        (server, millis) ->
                                assertThat(millis)
                                        .as("lateness of windows of %s", server)
                                        .allMatch(late -> late <= ON_TIME.toMillis()));
                Windows windows = Windows.read(site.connection());
                SERVERS.forEach(windows::assertGapless);
                assertThat(Windows.decisions(windows.counts(BUSY))).isPositive();
                assertThat(windows.counts(SILENT)).isEmpty();
            }
        }
    }

    @Test
    void shouldLoseAndDoubleNothingWhenItIsKilledInMidWindow() {
        try (Site site = Site.onSharedCluster();
                Fleet fleet = Fleet.of(site, SERVERS)) {
            // given: every server's first status comes before its first decision
            site.applyPools(POOLS);
            try (ChildJvm doomed = fork(site)) {
                Waiting.until(() -> SERVERS.stream().allMatch(name -> isKnown(site, name)));
                fleet.startAgents();
                try (Load load = Load.start(InsightIT.class, fleet.servers(), 20)) {
                    awaitWindows(site, SERVERS, System.currentTimeMillis() + MINUTE);

                    // when
                    Waiting.until(InsightIT::isMidWindow);
                    doomed.kill();
                    try (ChildJvm successor = fork(site)) {
                        awaitWindows(site, SERVERS, System.currentTimeMillis() + 2 * MINUTE);
                        load.close();
                        Waiting.until(fleet::settled);

                        // then
                        awaitWindows(site, SERVERS, System.currentTimeMillis());
                    }
                }
            }
            assertCountsEqual(site);
            Audits.assertClean(site);
        }
    }

    @Test
    void shouldSayWhichWindowsLackDecisions() throws Exception {
        try (Site site = Site.onSharedCluster();
                Fleet fleet = Fleet.of(site, List.of(BUSY));
                ExitpoolApp allocation =
                        site.start(
                                site.settings("allocation", "allocation"),
                                ShortWindowsMain.rules(MINUTE))) {
            // given
            site.applyPools(POOLS);
            ScriptedServer server = fleet.server(BUSY);
            try (ExitpoolApp insight = insight(site)) {
                Waiting.until(() -> isKnown(site, BUSY));
                server.startAgent();
                server.up(10);
                Waiting.until(server::settled);
                awaitWindows(site, List.of(BUSY), System.currentTimeMillis());
            }

            // when: it is down for longer than decisions are kept
            long from = System.currentTimeMillis();
            server.up(20);
            Waiting.until(server::settled);
            long until = System.currentTimeMillis();
            List<Decision> decided = decisions(site, BUSY);
            deleteDecisions(site);
            try (ExitpoolApp insight = insight(site)) {
                server.up(5);
                Waiting.until(server::settled);
                awaitWindows(site, List.of(BUSY), System.currentTimeMillis());
            }

            // then: what is not counted is known to be lost
            Windows windows = Windows.read(site.connection());
            windows.assertGapless(BUSY);
            assertThat(windows.of(BUSY))
                    .filteredOn(
                            window ->
                                    window.getWindowStart() <= until && Windows.end(window) > from)
                    .isNotEmpty()
                    .allMatch(PoolStats::getIncomplete);
            long counted = Windows.decisions(windows.counts(BUSY));
            long later = decisions(site, BUSY).size();
            assertThat(windows.lost(BUSY)).isGreaterThanOrEqualTo(20);
            assertThat(counted + windows.lost(BUSY)).isEqualTo(decided.size() + later);
            PoolStats last = windows.of(BUSY).get(windows.of(BUSY).size() - 1);
            assertThat(last.getIncomplete()).as("the last window").isFalse();
        }
    }

    private static void note(Entry<?> entry, long since, Map<String, List<Long>> lateness) {
        PoolStats window = entry.as(Topics.POOL_STATS_1M).orElseThrow().value();
        long end = Windows.end(window);
        if (end > since) {
            lateness.computeIfAbsent(entry.key(), server -> new ArrayList<>())
                    .add(System.currentTimeMillis() - end);
        }
    }

    private static int count(Map<String, List<Long>> lateness, String server) {
        return lateness.getOrDefault(server, List.of()).size();
    }

    private static void assertCountsEqual(Site site) {
        Windows windows = Windows.read(site.connection());
        for (String server : SERVERS) {
            windows.assertGapless(server);
            assertThat(windows.counts(server))
                    .as("decisions of %s", server)
                    .isNotEmpty()
                    .isEqualTo(Windows.counts(decisions(site, server)));
            assertThat(windows.lost(server)).isZero();
            assertThat(windows.of(server).stream().skip(1))
                    .as("windows of %s behind its first", server)
                    .noneMatch(PoolStats::getIncomplete);
        }
    }

    private static List<Decision> decisions(Site site, String server) {
        return Decisions.read(site.connection()).of(server).stream().map(Entry::value).toList();
    }

    private static boolean isKnown(Site site, String server) {
        return Statuses.last(site.connection(), server).isPresent();
    }

    /** Until each has told a window that ends then or later. */
    private static void awaitWindows(Site site, List<String> servers, long end) {
        Waiting.until(
                () -> {
                    Windows windows = Windows.read(site.connection());
                    return servers.stream().allMatch(server -> windows.end(server) >= end);
                });
    }

    private static boolean isMidWindow() {
        long passed = System.currentTimeMillis() % MINUTE;
        return passed > MINUTE / 3 && passed < 2 * MINUTE / 3;
    }

    private static void deleteDecisions(Site site) throws ExecutionException, InterruptedException {
        try (Admin admin = site.admin()) {
            Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
            for (int partition = 0; partition < PARTITIONS; partition++) {
                ends.put(
                        new TopicPartition(Topics.DECISIONS.name(), partition),
                        OffsetSpec.latest());
            }
            Map<TopicPartition, ListOffsetsResultInfo> found = admin.listOffsets(ends).all().get();
            admin.deleteRecords(
                            found.entrySet().stream()
                                    .collect(
                                            Collectors.toMap(
                                                    Map.Entry::getKey,
                                                    end ->
                                                            RecordsToDelete.beforeOffset(
                                                                    end.getValue().offset()))))
                    .all()
                    .get();
        }
    }

    private static Map<String, String> both(Site site) {
        return site.settings("exitpool", "");
    }

    private static ExitpoolApp insight(Site site) {
        Rules rules = ShortWindowsMain.rules(MINUTE);
        return site.start(site.settings("insight", "insight"), rules);
    }

    /** It has a name, so that its successor need not wait until it is missed. */
    private static ChildJvm fork(Site site) {
        Map<String, String> settings = both(site);
        settings.put("group.instance.id", "one");
        return site.fork("exitpool", settings, MINUTE);
    }
}
