package io.exitpool.connect.alerts;

import io.exitpool.connect.alerts.http.HttpSettings;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;

/** Where an operator's copy of docs/operations.md is; it has a section for each kind. */
final class Runbook {
    static final String URL = "runbook.url";

    private final Optional<String> url;

    /**
     * Reads the setting.
     *
     * @throws ConfigException if it is no http or https address
     */
    Runbook(AbstractConfig config) {
        url = Optional.of(config.getString(URL)).filter(set -> !set.isEmpty());
        url.ifPresent(set -> HttpSettings.uri(URL, set));
    }

    static ConfigDef define(ConfigDef def) {
        return def.define(
                URL,
                Type.STRING,
                "",
                Importance.MEDIUM,
                "Address of your copy of docs/operations.md, without a fragment: each alert links"
                        + " to its section there. Empty: no link.",
                "Alerts",
                3,
                ConfigDef.Width.LONG,
                "Runbook");
    }

    /** The section of a kind, by the anchor that Markdown renderers give its heading. */
    Optional<String> section(String kind) {
        return url.map(set -> set + "#" + kind.toLowerCase(Locale.ROOT));
    }
}
