package io.exitpool.operator.audit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;

/** The report as JSON, for programs: its names stay. */
final class ReportJson {

    private ReportJson() {}

    static String write(AuditReport report) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("clean", report.isClean());
        json.put("violationCount", report.violationCount());
        time(json, "from", report.from());
        time(json, "until", report.until());
        json.put("servers", report.servers());
        json.set("records", counts(report.records()));
        json.set("beginsLate", counts(report.beginsLate()));
        json.set("events", counts(report.events()));
        json.put("grants", report.grants());
        json.put("repeatedGrants", report.repeated());
        json.put("adoptions", report.adoptions());
        json.set("rungs", counts(report.rungs()));
        json.set("choices", counts(report.choices()));
        json.set("rejections", counts(report.rejections()));
        json.set("releases", counts(report.releases()));
        json.set("unknown", counts(report.unknown()));
        json.set("pending", counts(report.pending()));
        ObjectNode violations = json.putObject("violations");
        report.violations()
                .forEach(
                        (kind, found) -> {
                            ObjectNode one = violations.putObject(kind.name());
                            one.put("count", found.count());
                            ArrayNode first = one.putArray("first");
                            found.first().forEach(violation -> first.add(node(violation)));
                        });
        return json.toString();
    }

    static String write(Violation violation) {
        return node(violation).toString();
    }

    private static ObjectNode node(Violation violation) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("kind", violation.kind().name());
        json.put("topic", violation.at().topic());
        json.put("partition", violation.at().partition());
        json.put("offset", violation.at().offset());
        json.put("time", Instant.ofEpochMilli(violation.at().timestamp()).toString());
        json.put("server", violation.server());
        json.put("what", violation.what());
        return json;
    }

    private static void time(ObjectNode json, String name, OptionalLong millis) {
        if (millis.isPresent()) {
            json.put(name, Instant.ofEpochMilli(millis.getAsLong()).toString());
        } else {
            json.putNull(name);
        }
    }

    private static ObjectNode counts(Map<?, Long> counts) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        counts.forEach((key, count) -> json.put(key.toString(), count));
        return json;
    }
}
