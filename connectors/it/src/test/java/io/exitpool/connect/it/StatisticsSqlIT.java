package io.exitpool.connect.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.exitpool.schemas.Alert;
import io.exitpool.schemas.PoolStats;
import io.exitpool.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The statistics in a real PostgreSQL, written by the connector's shipped configuration, and the
 * ready-made queries' answers. The worker is in another time zone than UTC.
 */
@NeedsPeer(program = "initdb", debian = "postgresql")
class StatisticsSqlIT {

    private static final Path DEPLOY = Path.of(System.getProperty("connect.deploy"));
    private static final Duration WITHIN = Duration.ofSeconds(90);
    private static final List<String> TABLES =
            List.of(
                    "pool_stats_1m",
                    "pool_stats_1h",
                    "fleet_stats_1m",
                    "fleet_stats_1h",
                    "pool_alerts");

    private static Postgres postgres;
    private static ConnectSite site;

    @BeforeAll
    static void open() throws Exception {
        postgres = Postgres.start();
        postgres.execute(DEPLOY.resolve("sql/schema.sql"));
        site =
                ConnectSite.open(
                        Map.of(
                                "TZ",
                                "America/New_York",
                                "EXITPOOL_SQL_URL",
                                postgres.url(),
                                "EXITPOOL_SQL_USER",
                                Postgres.USER,
                                "EXITPOOL_SQL_PASSWORD",
                                Postgres.PASSWORD));
    }

    @AfterAll
    static void close() {
        if (site != null) {
            site.close();
        }
        if (postgres != null) {
            postgres.close();
        }
    }

    @Test
    void shouldAnswerEveryQueryAndCountNothingTwice() throws Exception {
        ReadyQueries queries = new ReadyQueries(DEPLOY.resolve("sql/queries.sql"));
        assertThat(queries.names()).isEqualTo(ExpectedAnswers.names());
        WeekOfStatistics week = new WeekOfStatistics();
        week.send(site);

        run("statistics");

        List<String> counts = counts();
        try (Connection connection = postgres.connect()) {
            inUtc(connection);
            new ExpectedAnswers(queries, connection, week.lastHour).check();

            // A connector of another name has no offsets: it reads everything again.
            run("statistics-again");
            // As before an upgrade.
            postgres.execute(DEPLOY.resolve("sql/schema.sql"));

            assertThat(counts()).isEqualTo(counts);
            new ExpectedAnswers(queries, connection, week.lastHour).check();
        } finally {
            site.worker().delete("statistics");
            site.worker().delete("statistics-again");
        }
    }

    @Test
    void shouldFillEveryColumn() throws Exception {
        try (Feed<PoolStats> hours = site.feed(Topics.POOL_STATS_1H);
                Feed<Alert> alerts = site.feed(Topics.POOL_ALERTS)) {
            hours.send("full", Blank.full(PoolStats.class));
            alerts.send("full", Blank.full(Alert.class));
        }

        run("columns");

        assertThat(emptyColumns("pool_stats_1h t", "t.scope = 'full'")).isEmpty();
        assertThat(emptyColumns("pool_alerts t", "t.server = 'text'")).isEmpty();
        assertThat(answer("SELECT scope FROM pool_stats_1h WHERE scope = 'full'")).hasSize(1);
        assertThat(answer("SELECT kind FROM pool_alerts WHERE server = 'text'")).hasSize(1);
        site.worker().delete("columns");
    }

    @Test
    void shouldLoseNothingToAnEndOfTheWorkerOrTheDatabase() throws Exception {
        try (Feed<PoolStats> minutes = site.feed(Topics.POOL_STATS_1M)) {
            run("restarts");
            minutes.send("before", minute(1));
            minutes.raw("broken", new byte[] {1, 2, 3});
            minutes.send("before", minute(2));
            minutes.flush();
            site.worker().kill();
            minutes.send("while-away", minute(3));
            minutes.flush();
            site.worker().start();
            awaitRows("before", 2);
            awaitRows("while-away", 1);

            postgres.stop();
            minutes.send("without-database", minute(4));
            minutes.flush();
            await("the sink meets the closed door")
                    .atMost(WITHIN)
                    .until(() -> site.worker().log().contains("Connection to 127.0.0.1"));
            postgres.run();
            awaitRows("without-database", 1);
            minutes.send("after", minute(5));
            minutes.flush();
            awaitRows("after", 1);
        }
        site.worker().awaitRead("restarts", Topics.POOL_STATS_1M.name());
        assertThat(deadLetters()).isNotEmpty().containsOnly("broken");
        assertThat(site.worker().log()).contains("a value of exit-pool-stats-1m is not in the");
        site.worker().delete("restarts");
    }

    @Test
    void shouldFailAtItsStartWithoutADatabaseAndRunOnceItIsThere() throws Exception {
        postgres.stop();
        try {
            site.worker().put("early", config());

            // What docs/deployment.md tells operators to look for: the message itself misleads.
            assertThat(site.worker().awaitFailure("early")).contains("Unable to determine Dialect");
        } finally {
            postgres.run();
        }
        site.worker().restart("early");
        site.worker().delete("early");
    }

    private static void run(String name) throws IOException {
        Map<String, String> config = config();
        site.worker().run(name, config);
        for (String topic : config.get("topics").split(",")) {
            site.worker().awaitRead(name, topic);
        }
    }

    /** As it is shipped, with a dead-letter topic that one broker can have. */
    private static Map<String, String> config() throws IOException {
        Map<String, String> config =
                new ObjectMapper()
                        .readValue(
                                DEPLOY.resolve("connect/statistics.json").toFile(),
                                new TypeReference<HashMap<String, String>>() {});
        config.put("errors.deadletterqueue.topic.replication.factor", "1");
        config.put("flush.retry.delay.ms", "200");
        return config;
    }

    /** The keys of what is in the dead-letter topic. */
    private static List<String> deadLetters() {
        Map<String, Object> settings = site.connection().consumer();
        settings.put("auto.offset.reset", "earliest");
        TopicPartition partition = new TopicPartition("exit-connect-dead-letters", 0);
        List<String> keys = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(
                        settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> keys.add(record.key()));
            }
        }
        return keys;
    }

    private static PoolStats minute(int minute) {
        PoolStats stats = Blank.of(PoolStats.class);
        stats.setWindowStart(minute * 60_000L);
        stats.setWindowMillis(60_000);
        return stats;
    }

    private static void awaitRows(String scope, int count) {
        await("rows of " + scope)
                .atMost(WITHIN)
                .until(
                        () ->
                                answer(
                                                "SELECT count(*) FROM pool_stats_1m WHERE scope = '"
                                                        + scope
                                                        + "'")
                                        .equals(List.of(Integer.toString(count))));
    }

    private static List<String> emptyColumns(String table, String which) throws SQLException {
        return answer(
                "SELECT e.key FROM "
                        + table
                        + ", jsonb_each(to_jsonb(t)) e WHERE e.value = 'null' AND "
                        + which);
    }

    private static List<String> counts() throws SQLException {
        List<String> counts = new ArrayList<>();
        for (String table : TABLES) {
            counts.addAll(answer("SELECT '" + table + "', count(*) FROM " + table));
        }
        return counts;
    }

    private static List<String> answer(String query) throws SQLException {
        try (Connection connection = postgres.connect()) {
            return ReadyQueries.answer(connection, query);
        }
    }

    private static void inUtc(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("SET TIME ZONE 'UTC'");
        }
    }
}
