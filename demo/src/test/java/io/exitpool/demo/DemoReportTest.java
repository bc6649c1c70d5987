package io.exitpool.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.demo.fleet.FleetTotals;
import io.exitpool.demo.stack.LocalStack;
import io.exitpool.schemas.RejectCause;
import io.exitpool.schemas.ReleaseCause;
import io.exitpool.schemas.Rung;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
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
                                + "\"audited\":true,\"violations\":{}}");
        assertThat(report.lines())
                .contains("clean", "no violations seen")
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
        return new DemoReport(settings, 13, Duration.ofMillis(60_500), totals, audit, interrupted);
    }
}
