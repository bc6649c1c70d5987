package io.exitpool.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exitpool.demo.fleet.FleetTotals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a run amounts to.
 *
 * @param audit of the topics; none when there was no time for it
 * @param settled see {@link FleetTotals#settled()}; a run that was interrupted does not wait for it
 */
record DemoReport(
        DemoSettings settings,
        int servers,
        Duration elapsed,
        FleetTotals totals,
        Optional<AuditResult> audit,
        boolean interrupted) {

    /** Starts or ends without an answer, or leases that pool and server do not agree on. */
    private static final String NOT_SETTLED = "NOT_SETTLED";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What is wrong, by kind: as the audit sees it and as the exit servers do. */
    Map<String, Long> violations() {
        Map<String, Long> violations = new TreeMap<>();
        audit.ifPresent(result -> violations.putAll(result.violations()));
        violations.putAll(totals.violations());
        if (!totals.settled() && !interrupted) {
            violations.put(NOT_SETTLED, 1L);
        }
        return violations;
    }

    /** One JSON object in one line. */
    String json() {
        ObjectNode json = JSON.createObjectNode();
        json.put("seed", settings.seed());
        json.put("durationSeconds", elapsed.toMillis() / 1000.0);
        json.put("speed", settings.speed());
        json.put("rate", settings.rate());
        json.put("servers", servers);
        json.put("events", totals.events());
        json.put("grants", totals.grants());
        json.put("adoptions", totals.adoptions());
        counts(json.putObject("rungs"), totals.rungs());
        counts(json.putObject("rejections"), totals.rejections());
        counts(json.putObject("releases"), totals.releases());
        json.put("crashes", totals.crashes());
        json.put("agentRestarts", totals.agentRestarts());
        json.put("storms", totals.storms());
        json.put("operatorActions", totals.operatorActions());
        json.putObject("decisionLatencyMillis")
                .put("p50", totals.latencyMillisP50())
                .put("p99", totals.latencyMillisP99());
        json.put("audited", audit.isPresent());
        counts(json.putObject("violations"), violations());
        return json.toString();
    }

    /** The same for people. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(
                text(
                        "%d servers for %.0f s, seed %d: %d events; %d grants (%s; %d of them"
                                + " adoptions)",
                        servers,
                        elapsed.toMillis() / 1000.0,
                        settings.seed(),
                        totals.events(),
                        totals.grants(),
                        text(totals.rungs()),
                        totals.adoptions()));
        lines.add("rejections: " + text(totals.rejections()));
        lines.add("releases: " + text(totals.releases()));
        lines.add(
                text(
                        "incidents: %d crashes, %d reconnect storms, %d agent restarts, %d acts of"
                                + " the operator",
                        totals.crashes(),
                        totals.storms(),
                        totals.agentRestarts(),
                        totals.operatorActions()));
        lines.add(
                text(
                        "decision latency of %d starts, from producing to reading it committed:"
                                + " p50 %.1f ms, p99 %.1f ms",
                        totals.latencies(), totals.latencyMillisP50(), totals.latencyMillisP99()));
        lines.add(audit.map(AuditResult::text).orElse(AuditResult.SKIPPED));
        lines.add(
                violations().isEmpty()
                        ? "no violations seen"
                        : "VIOLATIONS: " + text(violations()));
        return lines;
    }

    private static void counts(ObjectNode node, Map<?, Long> counts) {
        counts.forEach((what, count) -> node.put(what.toString(), count));
    }

    private static String text(Map<?, Long> counts) {
        List<String> parts = new ArrayList<>();
        counts.forEach((what, count) -> parts.add(count + " " + what));
        return String.join(", ", parts);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
