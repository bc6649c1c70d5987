package io.exitpool.connect.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;

class AlertmanagerNoticeTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final AlertmanagerNotice notice =
            new AlertmanagerNotice(
                    new AlertmanagerConfig(
                            Map.of(
                                    AlertmanagerConfig.URLS,
                                    "http://localhost:9093",
                                    AlertmanagerConfig.LABELS,
                                    "service=exitpool,team=net",
                                    Runbook.URL,
                                    "https://wiki.example/operations.html")));

    @Test
    void shouldWriteAllThatAPagerShows() throws Exception {
        PoolAlert alert = AlertReader.read(Told.value("se-sto-wg-001", "EXHAUSTED", "OPEN"));

        assertThat(notice.write(alert, NOW))
                .isEqualTo(
                        new ObjectMapper()
                                .readTree(
                                        """
                                        {"labels":{"service":"exitpool","team":"net",
                                          "alertname":"EXHAUSTED","server":"se-sto-wg-001",
                                          "severity":"critical","country":"se","city":"se-sto"},
                                         "annotations":{"summary":"Starts are rejected.",
                                          "cause":"The load grew.","advice":"Add slots.",
                                          "figures":"6.612 (threshold 0, worst 23) percent of the \
                                        first attempts",
                                          "affected":"se-sto-wg-002/EXHAUSTED",
                                          "runbook_url":"https://wiki.example/operations.html#exhausted"},
                                         "startsAt":"2026-03-01T11:00:00Z",
                                         "endsAt":"2026-03-01T12:15:00Z"}
                                        """));
    }

    @Test
    void shouldKeepItsLabelsWhateverBecomesKnown() {
        Struct first = Told.value("se-sto-wg-001", "EXHAUSTED", "OPEN");
        Struct last =
                Told.value("se-sto-wg-001", "EXHAUSTED", "RESOLVED")
                        .put("revision", 3)
                        .put("peak", 100.0)
                        .put("cause", null)
                        .put("causedBy", "se-sto-wg-009")
                        .put("resolvedAt", NOW.toEpochMilli());

        assertThat(notice.write(AlertReader.read(last), NOW).get("labels"))
                .isEqualTo(notice.write(AlertReader.read(first), NOW).get("labels"));
    }

    @Test
    void shouldNotFloodAPagerWithAStorm() {
        Struct storm =
                Told.value("se-sto-wg-001", "SERVER_SILENT", "OPEN")
                        .put("affected", Collections.nCopies(500, "a/EXHAUSTED"));

        String affected =
                notice.write(AlertReader.read(storm), NOW)
                        .get("annotations")
                        .get("affected")
                        .asText();

        assertThat(affected).hasSizeLessThan(300).endsWith("a/EXHAUSTED and 480 more");
    }

    @Test
    void shouldWriteAFigureThatIsNoNumber() {
        Struct struct = Told.value("a", "EXHAUSTED", "OPEN").put("peak", Double.POSITIVE_INFINITY);

        assertThat(notice.write(AlertReader.read(struct), NOW).at("/annotations/figures").asText())
                .contains("worst Infinity");
    }
}
