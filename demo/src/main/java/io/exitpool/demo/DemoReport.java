package io.exitpool.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exitpool.demo.fleet.FleetTotals;
import io.exitpool.demo.insight.InsightView;
import io.exitpool.demo.insight.InsightView.Figures;
import io.exitpool.demo.insight.InsightView.Windows;
import io.exitpool.schemas.OfferedLoad;
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
 * @param insight what statistics and alerts said
 * @param audit of the topics; none when there was no time for it
 * @param settled see {@link FleetTotals#settled()}; a run that was interrupted does not wait for it
 */
record DemoReport(
        DemoSettings settings,
        int servers,
        Duration elapsed,
        FleetTotals totals,
        InsightView insight,
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
        alerts(json.putObject("alerts"));
        insight(json.putObject("insight"));
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
                        "decision latency of %d starts (after 20 s, in longer runs), from producing"
                                + " to reading it committed: p50 %.1f ms, p99 %.1f ms",
                        totals.latencies(), totals.latencyMillisP50(), totals.latencyMillisP99()));
        lines.addAll(insightLines());
        lines.add(audit.map(AuditResult::text).orElse(AuditResult.SKIPPED));
        lines.add(
                violations().isEmpty()
                        ? "no violations seen"
                        : "VIOLATIONS: " + text(violations()));
        return lines;
    }

    private List<String> insightLines() {
        Windows windows = insight.windows();
        Optional<OfferedLoad> load = insight.fleet().load();
        return List.of(
                text(
                        "statistics: %d minutes and %d hours of servers, %d and %d of the fleet and"
                                + " its places; %s",
                        windows.minutes(),
                        windows.hours(),
                        windows.fleetMinutes(),
                        windows.fleetHours(),
                        load.map(
                                        known ->
                                                text(
                                                        "load %.1f erlangs, which need %d slots",
                                                        known.getErlangs(), known.getSlotsNeeded()))
                                .orElse("load unknown")),
                text(
                        "alerts: opened %s; resolved %s; open %s",
                        orNone(text(insight.opened())),
                        orNone(text(insight.resolved())),
                        orNone(String.join(", ", insight.open().keySet()))));
    }

    private void alerts(ObjectNode json) {
        counts(json.putObject("opened"), insight.opened());
        counts(json.putObject("resolved"), insight.resolved());
        ArrayNode open = json.putArray("open");
        insight.open().keySet().forEach(open::add);
    }

    private void insight(ObjectNode json) {
        Windows windows = insight.windows();
        json.putObject("windows")
                .put("minutes", windows.minutes())
                .put("hours", windows.hours())
                .put("fleetMinutes", windows.fleetMinutes())
                .put("fleetHours", windows.fleetHours())
                .put("incomplete", windows.incomplete())
                .put("lostDecisions", windows.lostDecisions());
        figures(json.putObject("fleet"), insight.fleet());
        ArrayNode loads = json.putArray("servers");
        insight.servers()
                .forEach((name, known) -> figures(loads.addObject().put("name", name), known));
    }

    /** Of the sliding hour; null while too little is known. */
    private static void figures(ObjectNode json, Figures figures) {
        Optional<OfferedLoad> load = figures.load();
        json.put(
                "erlangs", load.map(OfferedLoad::getErlangs).map(DemoReport::rounded).orElse(null));
        json.put("slotsNeeded", load.map(OfferedLoad::getSlotsNeeded).orElse(null));
        json.put(
                "rejectRatio",
                load.map(OfferedLoad::getObserved).map(DemoReport::rounded).orElse(null));
    }

    /** To a thousandth. */
    private static double rounded(double number) {
        return Math.round(number * 1_000) / 1_000.0;
    }

    private static String orNone(String text) {
        return text.isEmpty() ? "none" : text;
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
