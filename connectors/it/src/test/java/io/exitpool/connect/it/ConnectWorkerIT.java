package io.exitpool.connect.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.exitpool.schemas.Alert;
import io.exitpool.schemas.AlertKind;
import io.exitpool.schemas.AlertState;
import io.exitpool.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The worker as it is shipped reads our records with our converter, and survives its end. */
class ConnectWorkerIT {

    private static ConnectSite site;

    @BeforeAll
    static void open() {
        site = ConnectSite.open();
    }

    @AfterAll
    static void close() {
        site.close();
    }

    @Test
    void shouldFindThePluginsInTheirArchives() {
        assertThat(site.worker().plugins().findValuesAsText("class"))
                .contains("io.exitpool.connect.avro.AvroConverter");
    }

    @Test
    void shouldWriteRecordsAndSetAsideWhatIsNone() throws IOException {
        Path file = site.directory().resolve("alerts.txt");
        Map<String, String> config = fileSink(file, Topics.POOL_ALERTS.name());
        try (Feed<Alert> alerts = site.feed(Topics.POOL_ALERTS)) {
            alerts.send("de-fra-1/EXHAUSTED", alert("de-fra-1"));
            alerts.raw("de-fra-1/EXHAUSTED", new byte[] {0, 0, 0, 0, 99, 1});
            alerts.send("de-fra-2/EXHAUSTED", alert("de-fra-2"));
            alerts.flush();

            site.worker().run("files", config);
            awaitLines(file, 2);
            site.worker().awaitRead("files", Topics.POOL_ALERTS.name());
            site.worker().stop();
            alerts.send("de-fra-3/EXHAUSTED", alert("de-fra-3"));
            alerts.flush();
            site.worker().start();

            assertThat(awaitLines(file, 3))
                    .allMatch(line -> line.contains("kind=EXHAUSTED"))
                    .extracting(line -> line.replaceAll(".*server=([^,]*),.*", "$1"))
                    .containsExactlyInAnyOrder("de-fra-1", "de-fra-2", "de-fra-3");
        }
        assertThat(site.worker().log())
                .contains("subject exit-pool-alerts-value, schema id 99")
                .contains("the schema registry has no such schema");
    }

    @Test
    void shouldSayWhatAConfigurationLacks() {
        assertThatThrownBy(
                        () ->
                                site.worker()
                                        .put(
                                                "nothing",
                                                Map.of(
                                                        "connector.class",
                                                        "org.apache.kafka.connect.file.FileStreamSinkConnector")))
                .hasStackTraceContaining("topics");
    }

    private static Map<String, String> fileSink(Path file, String topic) {
        return new HashMap<>(
                Map.of(
                        "connector.class",
                        "org.apache.kafka.connect.file.FileStreamSinkConnector",
                        "tasks.max",
                        "1",
                        "topics",
                        topic,
                        "file",
                        file.toString(),
                        "errors.tolerance",
                        "all",
                        "errors.log.enable",
                        "true",
                        "errors.retry.timeout",
                        "-1"));
    }

    private static List<String> awaitLines(Path file, int count) throws IOException {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> Files.exists(file) && Files.readAllLines(file).size() >= count);
        return Files.readAllLines(file);
    }

    private static Alert alert(String server) {
        return Alert.newBuilder()
                .setServer(server)
                .setKind(AlertKind.EXHAUSTED)
                .setEpisode(1_760_000_000_000L)
                .setState(AlertState.OPEN)
                .setOpenedAt(1_760_000_000_000L)
                .setValue(3)
                .setThreshold(0)
                .setPeak(3)
                .setUnit("rejected starts")
                .setSummary("Starts are rejected.")
                .setAdvice("Add addresses.")
                .build();
    }
}
