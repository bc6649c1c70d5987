package io.exitpool.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.operator.audit.AuditReport;
import io.exitpool.operator.audit.AuditRun;

/** Whether every promise was kept, by the records alone. */
final class Audits {
    private Audits() {}

    static AuditReport assertClean(Site site) {
        AuditReport report = AuditRun.run(site.connection());
        assertThat(report.isClean()).as(report::toText).isTrue();
        return report;
    }
}
