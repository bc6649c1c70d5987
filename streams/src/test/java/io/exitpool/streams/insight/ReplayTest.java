package io.exitpool.streams.insight;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.core.stats.StatsSettings;
import io.exitpool.schemas.topic.Topics;
import io.exitpool.streams.Seed;
import io.exitpool.streams.config.AppConfig.Guarantee;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The order in which the two topics are read, one against the other, is chance; each has its own.
 * Whatever it is, the servers' records are the same to the byte.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReplayTest {
    private static final String[] SERVERS = {"se-sto-wg-208", "se-got-wg-001"};

    private final long seed = Seed.of(ReplayTest.class);
    private final List<Heard> inOrder = new ArrayList<>();

    @TempDir static Path dir;
    private Fleet fleet;
    private Map<String, List<String>> expected;

    /** A record of one of the two topics. */
    private record Heard(boolean decision, TestRecord<byte[], byte[]> record) {
        void tell(InsightDriver insight) {
            if (decision) {
                insight.decision(record);
            } else {
                insight.status(record);
            }
        }
    }

    @BeforeAll
    void record() {
        fleet = new Fleet(dir.resolve("allocation"));
        for (String server : SERVERS) {
            fleet.add(server, Fleet.pool(1, 12, Duration.ofSeconds(20)));
        }
        Traffic traffic = new Traffic(fleet, seed, 0.1, 90);
        for (int second = 0; second < 62 * 60; second++) {
            traffic.pass(Duration.ofSeconds(1), SERVERS);
            fleet.allocation
                    .written(Topics.DECISIONS.name())
                    .forEach(record -> inOrder.add(new Heard(true, record)));
            fleet.allocation
                    .written(Topics.POOL_STATUS.name())
                    .forEach(record -> inOrder.add(new Heard(false, record)));
        }
        expected = told("in-order", inOrder, StatsSettings.DEFAULT);
        assertThat(expected.get(Topics.POOL_STATS_1M.name())).hasSizeGreaterThan(120);
        assertThat(expected.get(Topics.POOL_STATS_1H.name())).hasSize(SERVERS.length);
    }

    @AfterAll
    void close() {
        fleet.close();
    }

    @Test
    void shouldTellTheSameWhenAllDecisionsComeFirst() {
        List<Heard> order = new ArrayList<>(of(true));
        order.addAll(of(false));

        assertThat(told("decisions", order, StatsSettings.DEFAULT)).isEqualTo(expected);
    }

    /** Nobody gives up waiting for a decision here, because all of them do come. */
    @Test
    void shouldTellTheSameWhenAllStatusesComeFirst() {
        List<Heard> order = new ArrayList<>(of(false));
        order.addAll(of(true));

        assertThat(told("statuses", order, patient())).isEqualTo(expected);
    }

    @Test
    void shouldTellTheSameWhateverTheOrder() {
        for (int run = 0; run < 3; run++) {
            assertThat(told("random-" + run, mixed(new Random(seed + run)), patient()))
                    .isEqualTo(expected);
        }
    }

    /** One topic behind the other by less than a minute, as the default settings wait. */
    @Test
    void shouldTellTheSameWhenStatusesAreAheadByLessThanAMinute() {
        List<Heard> order = new ArrayList<>();
        List<Heard> late = new ArrayList<>();
        for (Heard one : inOrder) {
            long now = one.record().timestamp();
            while (!late.isEmpty() && late.get(0).record().timestamp() < now - 50_000) {
                order.add(late.remove(0));
            }
            (one.decision() ? late : order).add(one);
        }
        order.addAll(late);

        assertThat(told("ahead", order, StatsSettings.DEFAULT)).isEqualTo(expected);
    }

    private static StatsSettings patient() {
        StatsSettings defaults = StatsSettings.DEFAULT;
        return new StatsSettings(
                defaults.minuteMillis(),
                defaults.k(),
                defaults.maxHeldMillis(),
                Duration.ofDays(1).toMillis(),
                1_000_000,
                defaults.maxWaitingFacts(),
                defaults.maxCatchUpMinutes(),
                defaults.progressMillis(),
                defaults.missingAfterMillis());
    }

    private List<Heard> of(boolean decisions) {
        return inOrder.stream().filter(one -> one.decision() == decisions).toList();
    }

    /** Each topic keeps its order; which is next is drawn. */
    private List<Heard> mixed(Random random) {
        List<Heard> decisions = of(true);
        List<Heard> statuses = of(false);
        List<Heard> mixed = new ArrayList<>();
        int decision = 0;
        int status = 0;
        while (mixed.size() < inOrder.size()) {
            // Streaks, so that one topic is now far ahead and now far behind.
            boolean takesDecisions = random.nextBoolean();
            for (int streak = random.nextInt(200); streak > 0; streak--) {
                if (takesDecisions && decision < decisions.size()) {
                    mixed.add(decisions.get(decision++));
                } else if (!takesDecisions && status < statuses.size()) {
                    mixed.add(statuses.get(status++));
                }
            }
        }
        return mixed;
    }

    /** By topic and server, the records: time and value, every byte. */
    private Map<String, List<String>> told(String name, List<Heard> order, StatsSettings settings) {
        Map<String, List<String>> told = new LinkedHashMap<>();
        try (InsightDriver insight =
                new InsightDriver(
                        dir.resolve(name), fleet.registry, 1, Guarantee.AT_LEAST_ONCE, settings)) {
            order.forEach(one -> one.tell(insight));
            for (var topic : List.of(Topics.POOL_STATS_1M, Topics.POOL_STATS_1H)) {
                // Of servers with one another there is no order to keep.
                told.put(
                        topic.name(),
                        insight.written(topic.name()).stream()
                                .map(ReplayTest::bytes)
                                .sorted()
                                .toList());
            }
        }
        return told;
    }

    private static String bytes(TestRecord<byte[], byte[]> record) {
        return new String(record.key(), UTF_8)
                + " "
                + record.timestamp()
                + " "
                + HexFormat.of().formatHex(record.value());
    }
}
