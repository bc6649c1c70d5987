package io.exitpool.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.exitpool.operator.audit.AuditRun;
import io.exitpool.schemas.topic.Topics;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code docker compose up} as an operator types it, and what becomes of it when parts stop. */
@NeedsEngine
class ComposeIT {

    private static final Logger LOG = LoggerFactory.getLogger(ComposeIT.class);

    /** What the documentation promises, with the images built. */
    private static final Duration UP_WITHIN = Duration.ofSeconds(180);

    private static final Duration LONG = Duration.ofMinutes(2);

    private static ComposeProject project;
    private static Published published;

    @BeforeAll
    static void start() {
        project = new ComposeProject();
        long start = System.nanoTime();
        project.up(UP_WITHIN);
        LOG.info("up after {} s", Duration.ofNanos(System.nanoTime() - start).toSeconds());
        published = new Published(project.connection());
    }

    @AfterAll
    static void stop() {
        if (project != null) {
            project.close();
        }
    }

    @Test
    void shouldLoseNothingWhenABrokerAndAnInstanceStop() {
        // given: decisions are made
        project.up(LONG, "fleet");
        awaitMoreDecisions();

        // when
        project.stop("kafka-2");
        awaitMoreDecisions();
        project.up(LONG, "kafka-2");
        project.stop("exitpool-1");
        awaitMoreDecisions();
        project.up(LONG, "exitpool-1");
        awaitMoreDecisions();
        await("statistics in PostgreSQL").atMost(LONG).until(() -> rows() > 0);
        project.stop("fleet");

        // then
        assertThat(AuditRun.run(project.connection()).violations()).isEmpty();
    }

    private static long rows() throws SQLException {
        String url =
                "jdbc:postgresql://localhost:%d/exitpool".formatted(project.port("POSTGRES_PORT"));
        try (Connection sql = DriverManager.getConnection(url, "exitpool", "exitpool");
                ResultSet counted =
                        sql.createStatement().executeQuery("SELECT count(*) FROM pool_stats_1m")) {
            counted.next();
            return counted.getLong(1);
        }
    }

    private static void awaitMoreDecisions() {
        long before = published.count(Topics.DECISIONS);
        await("more decisions")
                .atMost(LONG)
                .until(() -> published.count(Topics.DECISIONS) > before);
    }
}
