package io.exitpool.operator.audit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** The report for people. */
final class ReportText {
    private final StringBuilder text = new StringBuilder();

    private ReportText() {}

    static String write(AuditReport report) {
        ReportText text = new ReportText();
        text.read(report);
        text.counted(report);
        text.unsure(report);
        report.violations().forEach(text::violations);
        text.verdict(report);
        return text.text.toString();
    }

    /** How things stand, on one line. */
    static String writeLine(AuditReport report) {
        return "until %s: %d grants, %d releases, %d violations, %d pending, %d unknown"
                .formatted(
                        time(report.until()),
                        report.grants(),
                        total(report.releases()),
                        report.violationCount(),
                        total(report.pending()),
                        total(report.unknown()));
    }

    static String write(Violation violation) {
        return "%s  %s  %s  %s"
                .formatted(
                        time(violation.at().timestamp()),
                        violation.at().place(),
                        violation.server(),
                        violation.what());
    }

    private void read(AuditReport report) {
        line("read", counts(report.records()));
        line(
                "from",
                time(report.from())
                        + " to "
                        + time(report.until())
                        + ", servers "
                        + report.servers());
    }

    private void counted(AuditReport report) {
        line("events", counts(report.events()));
        line(
                "grants",
                report.grants()
                        + of(report.rungs())
                        + of(report.choices())
                        + ", repeated "
                        + report.repeated());
        line("rejections", total(report.rejections()) + of(report.rejections()));
        line("releases", total(report.releases()) + of(report.releases()));
    }

    private void unsure(AuditReport report) {
        report.beginsLate()
                .forEach(
                        (topic, partitions) ->
                                line(
                                        "unknown",
                                        "what came before the first record of "
                                                + topic
                                                + " in "
                                                + partitions
                                                + " partitions"));
        report.unknown().forEach((what, count) -> line("unknown", count + " " + what.meaning()));
        report.pending().forEach((what, count) -> line("pending", count + " " + what.meaning()));
    }

    private void violations(ViolationKind kind, AuditReport.Found found) {
        line("VIOLATION", kind + " " + found.count() + ": " + kind.meaning());
        found.first().forEach(violation -> line("", write(violation)));
    }

    private void verdict(AuditReport report) {
        if (!report.isClean()) {
            long count = report.violationCount();
            text.append(count).append(count == 1 ? " violation\n" : " violations\n");
        } else if (report.unknown().isEmpty()) {
            text.append("clean: no violation\n");
        } else {
            text.append("no violation among what is known\n");
        }
    }

    private void line(String name, String content) {
        text.append("%-11s%s%n".formatted(name, content));
    }

    private static String of(Map<?, Long> counts) {
        return counts.isEmpty() ? "" : " (" + counts(counts) + ")";
    }

    private static String counts(Map<?, Long> counts) {
        return counts.isEmpty()
                ? "none"
                : counts.entrySet().stream()
                        .map(count -> count.getKey() + " " + count.getValue())
                        .collect(Collectors.joining(", "));
    }

    private static long total(Map<?, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private static String time(OptionalLong millis) {
        return millis.isPresent() ? time(millis.getAsLong()) : "none";
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
