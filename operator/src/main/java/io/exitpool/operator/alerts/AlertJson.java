package io.exitpool.operator.alerts;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.exitpool.schemas.Alert;
import java.time.Instant;

/** An alert as one JSON object on one line, with the names of the record and times as texts. */
final class AlertJson {

    private AlertJson() {}

    static String write(Alert alert) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("server", alert.getServer());
        json.put("kind", alert.getKind().name());
        json.put("episode", alert.getEpisode());
        json.put("state", alert.getState().name());
        json.put("revision", alert.getRevision());
        json.put("openedAt", time(alert.getOpenedAt()));
        json.put("resolvedAt", alert.getResolvedAt() == null ? null : time(alert.getResolvedAt()));
        json.put("durationMillis", alert.getDurationMillis());
        json.put("value", alert.getValue());
        json.put("threshold", alert.getThreshold());
        json.put("peak", alert.getPeak());
        json.put("unit", alert.getUnit());
        json.put("summary", alert.getSummary());
        json.put("cause", alert.getCause());
        json.put("advice", alert.getAdvice());
        json.put("causedBy", alert.getCausedBy());
        ArrayNode affected = json.putArray("affected");
        alert.getAffected().forEach(affected::add);
        json.put("country", alert.getCountry());
        json.put("city", alert.getCity());
        return json.toString();
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}
