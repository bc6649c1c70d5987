package io.exitpool.operator.alerts;

import static io.exitpool.operator.alerts.Alerts.NOON;
import static io.exitpool.operator.alerts.Alerts.open;
import static io.exitpool.operator.alerts.Alerts.resolved;
import static io.exitpool.operator.alerts.Alerts.revised;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.exitpool.schemas.Alert;
import io.exitpool.schemas.AlertKind;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertTextTest {

    private static final Alert OPEN = open("se-sto-wg-208", AlertKind.NEAR_EXHAUSTION, NOON);

    @Test
    void shouldShowAnOpenAlertOnTwoLines() {
        assertThat(AlertText.entry(OPEN).lines())
                .containsExactly(
                        "2026-06-21T12:00:00Z se-sto-wg-208 NEAR_EXHAUSTION The load is more than"
                                + " the size carries. (20.3 against 16.7 erlangs)",
                        "    Advice: Add 5 slots.");
    }

    @Test
    void shouldShowTheCauseAndWhoIsAffected() {
        Alert storm =
                revised(
                        OPEN,
                        "de-fra-wg-103 is silent.",
                        List.of("ie-dub-wg-101/EXHAUSTED", "fi-hel-wg-201/EXHAUSTED"));

        assertThat(AlertText.entry(storm).lines())
                .containsExactly(
                        "2026-06-21T12:00:00Z se-sto-wg-208 NEAR_EXHAUSTION The load is more than"
                                + " the size carries. (20.3 against 16.7 erlangs) Cause:"
                                + " de-fra-wg-103 is silent.",
                        "    Advice: Add 5 slots. Affected: ie-dub-wg-101/EXHAUSTED,"
                                + " fi-hel-wg-201/EXHAUSTED");
    }

    @Test
    void shouldShowHowItEnded() {
        assertThat(AlertText.entry(resolved(OPEN, 90_400)).lines())
                .first()
                .asString()
                .endsWith(
                        "(20.3 against 16.7 erlangs) Resolved 2026-06-21T12:01:30.400Z, after"
                                + " 1m30s, peak 22.");
    }

    @Test
    void shouldTellEachRecordOnOneLine() {
        assertThat(AlertText.line(OPEN))
                .isEqualTo(
                        "2026-06-21T12:00:00Z OPEN se-sto-wg-208 NEAR_EXHAUSTION The load is more"
                                + " than the size carries. (20.3 against 16.7 erlangs) | Advice:"
                                + " Add 5 slots.");
        assertThat(AlertText.line(revised(OPEN, "A storm.", List.of())))
                .contains(" OPEN(revision 1) ")
                .contains("Cause: A storm.");
        assertThat(AlertText.line(resolved(OPEN, 60_000)))
                .startsWith("2026-06-21T12:01:00Z RESOLVED se-sto-wg-208 NEAR_EXHAUSTION ")
                .endsWith("Resolved 2026-06-21T12:01:00Z, after 1m, peak 22.")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0.00123456, 0.00123",
        "0.5, 0.5",
        "12, 12",
        "1234.5, 1235",
        "100000, 100000",
        "NaN, NaN"
    })
    void shouldShowThreeDigitsThatCount(double value, String shown) {
        Alert alert = Alert.newBuilder(OPEN).setValue(value).build();
        assertThat(AlertText.line(alert)).contains("(" + shown + " against 16.7 erlangs)");
    }

    @Test
    void shouldWriteEveryFieldOfTheRecordAsJson() throws Exception {
        Set<String> fields = new TreeSet<>();
        for (Schema.Field field : Alert.getClassSchema().getFields()) {
            fields.add(field.name());
        }

        String open = AlertJson.write(OPEN);
        JsonNode json = new ObjectMapper().readTree(open);
        Set<String> written = new TreeSet<>();
        json.fieldNames().forEachRemaining(written::add);

        assertThat(open).hasLineCount(1);
        assertThat(written).isEqualTo(fields);
        assertThat(json.get("openedAt").asText()).isEqualTo("2026-06-21T12:00:00Z");
        assertThat(json.get("resolvedAt").isNull()).isTrue();
        assertThat(json.get("value").asDouble()).isEqualTo(20.34567);
        assertThat(
                        new ObjectMapper()
                                .readTree(AlertJson.write(resolved(OPEN, 60_000)))
                                .get("resolvedAt")
                                .asText())
                .isEqualTo("2026-06-21T12:01:00Z");
    }
}
