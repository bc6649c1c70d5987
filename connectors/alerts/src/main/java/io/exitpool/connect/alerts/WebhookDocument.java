package io.exitpool.connect.alerts;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * An alert as a JSON object, which docs/deployment.md describes: all fields are always there, null
 * when they do not apply. A change that a reader would have to know of raises {@code version}.
 */
final class WebhookDocument {
    static final String KEY_HEADER = "Idempotency-Key";

    private static final int VERSION = 1;

    private final Severities severities;
    private final Runbook runbook;

    WebhookDocument(Severities severities, Runbook runbook) {
        this.severities = severities;
        this.runbook = runbook;
    }

    /** The same for each attempt to deliver the same news, and for nothing else. */
    static String key(PoolAlert alert) {
        return id(alert) + "/" + status(alert) + "/" + alert.revision();
    }

    byte[] write(PoolAlert alert) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("version", VERSION);
        json.put("id", id(alert));
        json.put("status", status(alert));
        json.put("revision", alert.revision());
        json.put("server", alert.server());
        json.put("kind", alert.kind());
        json.put("severity", severities.of(alert.kind()));
        json.put("openedAt", alert.openedAt().toString());
        json.put("resolvedAt", alert.resolvedAt().map(Object::toString).orElse(null));
        json.put(
                "durationMillis",
                alert.resolvedAt()
                        .map(end -> Duration.between(alert.openedAt(), end).toMillis())
                        .orElse(null));
        json.put("value", finite(alert.value()));
        json.put("threshold", finite(alert.threshold()));
        json.put("peak", finite(alert.peak()));
        json.put("unit", alert.unit());
        json.put("summary", alert.summary());
        json.put("cause", alert.cause().orElse(null));
        json.put("advice", alert.advice());
        json.put("causedBy", alert.causedBy().orElse(null));
        ArrayNode affected = json.putArray("affected");
        alert.affected().forEach(affected::add);
        json.put("country", alert.country().orElse(null));
        json.put("city", alert.city().orElse(null));
        json.put("runbookUrl", runbook.section(alert.kind()).orElse(null));
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String id(PoolAlert alert) {
        return alert.key() + "/" + alert.episode();
    }

    private static String status(PoolAlert alert) {
        return alert.open() ? "open" : "resolved";
    }

    /** JSON has no other numbers. */
    private static Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
