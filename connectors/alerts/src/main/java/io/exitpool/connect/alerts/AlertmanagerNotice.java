package io.exitpool.connect.alerts;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * An alert as Alertmanager's API v2 takes it. Labels are what an alert is known by, and so hold
 * only what stays the same for as long as it lasts: kind, severity (by kind), server and where that
 * is. All else, which may become known or worse meanwhile, is an annotation.
 */
final class AlertmanagerNotice {
    /** The labels that every alert has of its own. */
    static final Set<String> LABELS =
            new TreeSet<>(Set.of("alertname", "server", "severity", "country", "city"));

    /** A storm may have hundreds, and a pager shows a few lines. */
    private static final int NAMED_AFFECTED = 20;

    private static final MathContext FIGURES = new MathContext(4);

    private final AlertmanagerConfig config;

    AlertmanagerNotice(AlertmanagerConfig config) {
        this.config = config;
    }

    /** As of a time: what is open then ends when it is not repeated for the time to expire. */
    ObjectNode write(PoolAlert alert, Instant now) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("labels", labels(alert));
        json.set("annotations", annotations(alert));
        json.put("startsAt", alert.openedAt().toString());
        // Said even of what is open: without it the Alertmanager's own resolve_timeout would count.
        json.put("endsAt", alert.resolvedAt().orElse(now.plus(config.expireAfter())).toString());
        return json;
    }

    private ObjectNode labels(PoolAlert alert) {
        ObjectNode labels = JsonNodeFactory.instance.objectNode();
        config.labels().forEach(labels::put);
        labels.put("alertname", alert.kind());
        labels.put("server", alert.server());
        labels.put("severity", config.severities().of(alert.kind()));
        alert.country().ifPresent(country -> labels.put("country", country));
        alert.city().ifPresent(city -> labels.put("city", city));
        return labels;
    }

    private ObjectNode annotations(PoolAlert alert) {
        ObjectNode notes = JsonNodeFactory.instance.objectNode();
        notes.put("summary", alert.summary());
        alert.cause().ifPresent(cause -> notes.put("cause", cause));
        notes.put("advice", alert.advice());
        notes.put(
                "figures",
                "%s (threshold %s, worst %s) %s"
                        .formatted(
                                figure(alert.value()),
                                figure(alert.threshold()),
                                figure(alert.peak()),
                                alert.unit()));
        alert.causedBy().ifPresent(server -> notes.put("caused_by", server));
        if (!alert.affected().isEmpty()) {
            notes.put("affected", affected(alert.affected()));
        }
        config.runbook().section(alert.kind()).ifPresent(url -> notes.put("runbook_url", url));
        return notes;
    }

    private static String affected(List<String> keys) {
        String named = String.join(", ", keys.subList(0, Math.min(NAMED_AFFECTED, keys.size())));
        return keys.size() > NAMED_AFFECTED
                ? named + " and " + (keys.size() - NAMED_AFFECTED) + " more"
                : named;
    }

    private static String figure(double value) {
        return Double.isFinite(value)
                ? BigDecimal.valueOf(value).round(FIGURES).stripTrailingZeros().toPlainString()
                : String.valueOf(value);
    }
}
