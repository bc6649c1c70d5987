package io.exitpool.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.exitpool.operator.audit.AuditRun;
import io.exitpool.schemas.topic.Topics;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The packaged image against Kafka's image and a registry, over a Docker network. */
@NeedsEngine
class ImageIT {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final long TERMINATED = 143;

    private static ContainerStack stack;
    private static Published published;

    @BeforeAll
    static void start() {
        stack = ContainerStack.start();
        published = new Published(stack.connection());
    }

    @AfterAll
    static void stop() {
        if (stack != null) {
            stack.close();
        }
    }

    @Test
    void shouldDecideCountAlertAndKeepItsLeasesOverARestart() throws Exception {
        try (Instance instance = Instance.start(stack, "only").awaitReady()) {
            // given: more clients than the pools were made for, who stay for minutes
            Duration duration = Duration.ofSeconds(20);
            JsonNode fleet;
            try (Fleet crowd =
                    Fleet.start(
                            stack,
                            "--seed",
                            "1",
                            "--speed",
                            "2",
                            "--rate",
                            "4",
                            "--duration",
                            duration.toSeconds() + "s")) {
                fleet = crowd.awaitEnd(duration);
            }
            assertThat(fleet.get("grants").longValue()).as("%s", fleet).isPositive();
            assertThat(fleet.get("audited").booleanValue()).as("%s", fleet).isTrue();
            assertThat(fleet.get("violations")).as("%s", fleet).isEmpty();
            Map<String, Integer> leases = published.leases();
            assertThat(leases).hasSize(13);
            assertThat(leases.values()).anyMatch(held -> held > 0);

            // when
            long restarted = System.currentTimeMillis();
            instance.restart();
            instance.awaitReady();

            // then
            await("a status of each pool from after the restart")
                    .atMost(LONG)
                    .until(
                            () ->
                                    published.statuses().values().stream()
                                            .allMatch(status -> status.getWatermark() > restarted));
            assertThat(published.leases()).isEqualTo(leases);
            await("statistics").atMost(LONG).until(() -> published.count(Topics.POOL_STATS_1M) > 0);
            await("alerts").atMost(LONG).until(() -> published.count(Topics.POOL_ALERTS) > 0);
            assertThat(stack.command("audit")).contains("clean");
            assertThat(instance.stop()).isEqualTo(TERMINATED);
        }
    }

    @Test
    void shouldLoseNothingWhenTwoInstancesAreReplacedUnderLoad() throws Exception {
        try (Instance one = Instance.start(stack, "one");
                Instance two = Instance.start(stack, "two")) {
            one.awaitReady();
            two.awaitReady();
            try (Fleet fleet = Fleet.start(stack, "--seed", "2", "--speed", "10")) {
                awaitMoreDecisions();

                // when
                one.replace();
                one.awaitReady();
                two.replace();
                two.awaitReady();
                awaitMoreDecisions();

                // then
                JsonNode told = fleet.stop();
                assertThat(told.get("violations")).as("%s", told).isEmpty();
            }
            assertThat(AuditRun.run(stack.connection()).violations()).isEmpty();
        }
    }

    private static void awaitMoreDecisions() {
        long before = published.count(Topics.DECISIONS);
        await("more decisions")
                .atMost(LONG)
                .until(() -> published.count(Topics.DECISIONS) > before);
    }
}
