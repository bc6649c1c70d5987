package io.exitpool.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.demo.fleet.FleetTotals;
import io.exitpool.demo.insight.InsightView;
import io.exitpool.demo.insight.InsightView.Figures;
import io.exitpool.demo.insight.InsightView.Windows;
import io.exitpool.demo.insight.Insights;
import io.exitpool.demo.stack.LocalStack;
import io.exitpool.schemas.AlertKind;
import io.exitpool.schemas.AlertState;
import io.exitpool.schemas.RejectCause;
import io.exitpool.schemas.ReleaseCause;
import io.exitpool.schemas.Rung;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class DemoReportTest {

    @Test
    void shouldBeOneJsonObject() {
        // given
        DemoReport report =
                report(Map.of(), true, Optional.of(new AuditResult(Map.of(), "clean")), false);

        // when, then
        assertThat(report.violations()).isEmpty();
        assertThat(report.json())
                .isEqualTo(
                        "{\"seed\":7,\"durationSeconds\":60.5,\"speed\":60.0,\"rate\":1.5,"
                                + "\"servers\":13,\"events\":100,\"grants\":20,\"adoptions\":3,"
                                + "\"rungs\":{\"REGULAR\":20},\"rejections\":{\"EXHAUSTED\":4},"
                                + "\"releases\":{\"ENDED\":5},\"crashes\":1,\"agentRestarts\":2,"
                                + "\"storms\":3,\"operatorActions\":4,"
                                + "\"decisionLatencyMillis\":{\"p50\":10.5,\"p99\":20.25},"
                                + "\"alerts\":{\"opened\":{\"EXHAUSTED\":2,\"SERVER_SILENT\":1},"
                                + "\"resolved\":{\"EXHAUSTED\":1},"
                                + "\"open\":[\"us-slc-wg-303/EXHAUSTED\"]},"
                                + "\"insight\":{\"windows\":{\"minutes\":60,\"hours\":1,"
                                + "\"fleetMinutes\":50,\"fleetHours\":2,\"incomplete\":3,"
                                + "\"lostDecisions\":4},"
                                + "\"fleet\":{\"erlangs\":12.346,\"slotsNeeded\":26,"
                                + "\"rejectRatio\":0.011},"
                                + "\"servers\":[{\"name\":\"se-sto-wg-208\",\"erlangs\":null,"
                                + "\"slotsNeeded\":null,\"rejectRatio\":null}]},"
                                + "\"audited\":true,\"violations\":{}}");
        assertThat(report.lines())
                .contains(
                        "clean",
                        "no violations seen",
                        "statistics: 60 minutes and 1 hours of servers, 50 and 2 of the fleet and"
                                + " its places; load 12.3 erlangs, which need 26 slots",
                        "alerts: opened 2 EXHAUSTED, 1 SERVER_SILENT; resolved 1 EXHAUSTED; open"
                                + " us-slc-wg-303/EXHAUSTED")
                .anyMatch(line -> line.contains("seed 7"));
    }

    @Test
    void shouldTellWhatTheAuditAndTheServersSaw() {
        // given
        AuditResult audit = new AuditResult(Map.of("OVER_CAP", 2L), "2 violations");

        // when
        DemoReport report =
                report(Map.of("SLOT_OVER_ITS_LOAD", 1L), false, Optional.of(audit), false);

        // then
        assertThat(report.violations())
                .isEqualTo(Map.of("OVER_CAP", 2L, "SLOT_OVER_ITS_LOAD", 1L, "NOT_SETTLED", 1L));
        assertThat(report.json())
                .endsWith(
                        "\"violations\":{\"NOT_SETTLED\":1,\"OVER_CAP\":2,"
                                + "\"SLOT_OVER_ITS_LOAD\":1}}");
        assertThat(report.lines())
                .contains("VIOLATIONS: 1 NOT_SETTLED, 2 OVER_CAP, 1 SLOT_OVER_ITS_LOAD");
    }

    @Test
    void shouldSayThatAnInterruptedRunWasNotAudited() {
        // when
        DemoReport report = report(Map.of(), false, Optional.empty(), true);

        // then
        assertThat(report.violations()).isEmpty();
        assertThat(report.json()).contains("\"audited\":false");
        assertThat(report.lines()).contains("audit: skipped, as there was no time for it");
    }

    private static DemoReport report(
            Map<String, Long> seen,
            boolean settled,
            Optional<AuditResult> audit,
            boolean interrupted) {
        DemoSettings settings =
                new DemoSettings(
                        Optional.empty(),
                        7,
                        1.5,
                        60,
                        "",
                        Optional.empty(),
                        LocalStack.Ports.ANY,
                        0,
                        Optional.empty());
        FleetTotals totals =
                new FleetTotals(
                        100,
                        20,
                        3,
                        Map.of(Rung.REGULAR, 20L),
                        Map.of(RejectCause.EXHAUSTED, 4L),
                        Map.of(ReleaseCause.ENDED, 5L),
                        1,
                        2,
                        3,
                        4,
                        seen,
                        17,
                        10.5,
                        20.25,
                        settled);
        return new DemoReport(
                settings, 13, Duration.ofMillis(60_500), totals, insight(), audit, interrupted);
    }

    private static InsightView insight() {
        return new InsightView(
                0,
                Map.of("se-sto-wg-208", Figures.NONE),
                new Figures(OptionalDouble.empty(), Optional.of(Insights.load(12.3456, 26))),
                new Windows(60, 1, 50, 2, 3, 4),
                Map.of(AlertKind.SERVER_SILENT, 1L, AlertKind.EXHAUSTED, 2L),
                Map.of(AlertKind.EXHAUSTED, 1L),
                Map.of(
                        "us-slc-wg-303/EXHAUSTED",
                        Insights.alert("us-slc-wg-303", AlertKind.EXHAUSTED, AlertState.OPEN)),
                4,
                List.of());
    }
}
