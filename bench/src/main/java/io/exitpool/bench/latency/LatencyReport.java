package io.exitpool.bench.latency;

import io.exitpool.bench.latency.Summary.Ratio;
import io.exitpool.bench.report.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** How the figures are told: tables for people, a map for JSON. Times are milliseconds. */
final class LatencyReport {
    private static final String NONE = "-";

    private LatencyReport() {}

    /** Each round, as it was measured. */
    static String rounds(List<Round> rounds) {
        Table table =
                new Table(
                        "events/s",
                        "variant",
                        "round",
                        "p50",
                        "p99",
                        "p99.9",
                        "max",
                        "sent/s",
                        "late p99",
                        "lost",
                        "rejected",
                        "broker",
                        "app",
                        "load",
                        "others");
        for (Round round : rounds) {
            Sample sample = round.sample();
            table.row(
                    Integer.toString(round.rate()),
                    round.variant().label(),
                    round.number(),
                    sample.waits().p50(),
                    sample.waits().p99(),
                    sample.waits().p999(),
                    sample.waits().max(),
                    sample.achieved(),
                    sample.late().p99(),
                    sample.lost(),
                    sample.refused(),
                    sample.cpu().broker(),
                    sample.cpu().app(),
                    sample.cpu().load(),
                    sample.cpu().others());
        }
        return table.toString();
    }

    /** Medians and ratios. */
    static String summary(Summary summary) {
        Table table =
                new Table(
                        "events/s",
                        "variant",
                        "p50",
                        "p99",
                        "p99.9",
                        "max",
                        "p50/loop",
                        "p99/loop",
                        "p50/floor B",
                        "p99/floor B");
        for (Summary.Row row : summary.rows()) {
            table.row(
                    Integer.toString(row.rate()),
                    row.variant().label(),
                    row.p50(),
                    row.p99(),
                    row.p999(),
                    row.max(),
                    cell(row.toLoop(), Ratio::p50),
                    cell(row.toLoop(), Ratio::p99),
                    cell(row.toFloorB(), Ratio::p50),
                    cell(row.toFloorB(), Ratio::p99));
        }
        return table.toString();
    }

    /** What programs are told. */
    static Map<String, Object> json(Plan plan, List<Round> rounds, Summary summary) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("benchmark", "latency");
        report.put("servers", plan.servers());
        report.put("seconds", plan.measured().toSeconds());
        report.put("warmUpSeconds", plan.warmUp().toSeconds());
        report.put("seed", plan.seed());
        report.put("floorCommitMillis", plan.floorCommit().toMillis());
        report.put("settings", plan.settings());
        report.put("rounds", rounds.stream().map(LatencyReport::json).toList());
        report.put("summary", summary.rows().stream().map(LatencyReport::json).toList());
        return report;
    }

    private static Map<String, Object> json(Round round) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("rate", round.rate());
        json.put("variant", round.variant().label());
        json.put("round", round.number());
        json.put("valid", round.sample().valid());
        json.put("sample", round.sample());
        return json;
    }

    private static Map<String, Object> json(Summary.Row row) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("rate", row.rate());
        json.put("variant", row.variant().label());
        json.put("validRounds", row.rounds());
        json.put("p50", row.p50());
        json.put("p99", row.p99());
        json.put("p999", row.p999());
        json.put("max", row.max());
        row.toLoop().ifPresent(ratio -> json.put("toLoop", ratio));
        row.toFloorB().ifPresent(ratio -> json.put("toFloorB", ratio));
        return json;
    }

    private static Object cell(Optional<Ratio> ratio, ToDoubleFunction<Ratio> figure) {
        return ratio.<Object>map(figure::applyAsDouble).orElse(NONE);
    }
}
