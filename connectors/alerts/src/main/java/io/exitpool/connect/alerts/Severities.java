package io.exitpool.connect.alerts;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;

/**
 * How urgent each kind is. It depends on the kind alone and never on how bad it has become: a
 * severity is a label, labels are an alert's identity to Alertmanager, and so one that changed
 * would leave the alert behind under its old one.
 */
final class Severities {
    static final String BY_KIND = "severities";
    static final String DEFAULT = "severity.default";

    private final Map<String, String> byKind = new TreeMap<>();
    private final String others;

    /**
     * Reads the settings.
     *
     * @throws ConfigException that says which entry is wrong
     */
    Severities(AbstractConfig config) {
        others = config.getString(DEFAULT);
        byKind.putAll(Pairs.parse(BY_KIND, config.getList(BY_KIND), "KIND=severity"));
    }

    static ConfigDef define(ConfigDef def) {
        return def.define(
                        BY_KIND,
                        Type.LIST,
                        List.of(
                                "EXHAUSTED=critical",
                                "POOL_FAILED=critical",
                                "SERVER_SILENT=critical",
                                "UNEVEN_USE=info"),
                        Importance.MEDIUM,
                        "Severity of each kind of alert, as KIND=severity. It is a label: while an"
                                + " alert is open, changing it makes a second one, and the first"
                                + " expires.",
                        "Alerts",
                        1,
                        ConfigDef.Width.LONG,
                        "Severities")
                .define(
                        DEFAULT,
                        Type.STRING,
                        "warning",
                        new ConfigDef.NonEmptyString(),
                        Importance.LOW,
                        "Severity of the kinds that " + BY_KIND + " does not name.",
                        "Alerts",
                        2,
                        ConfigDef.Width.SHORT,
                        "Severity of others");
    }

    String of(String kind) {
        return byKind.getOrDefault(kind, others);
    }
}
