package io.exitpool.connect.alerts;

import io.exitpool.connect.alerts.http.HttpSettings;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;

/** What both connectors are told, and how a contradiction between settings is shown. */
final class SinkSettings {

    private SinkSettings() {}

    static ConfigDef define(ConfigDef def) {
        Severities.define(def);
        Runbook.define(def);
        return HttpSettings.define(def);
    }

    /**
     * Adds to what was found wrong with single settings what is wrong with them together, at the
     * setting that the error names first.
     */
    static Config check(
            Config found,
            Map<String, String> settings,
            Function<Map<String, String>, ? extends AbstractConfig> reader) {
        if (found.configValues().stream().anyMatch(value -> !value.errorMessages().isEmpty())) {
            return found;
        }
        try {
            reader.apply(settings);
        } catch (ConfigException e) {
            namedFirst(found, e.getMessage()).addErrorMessage(e.getMessage());
        }
        return found;
    }

    private static ConfigValue namedFirst(Config found, String message) {
        ConfigValue first = found.configValues().get(0);
        int at = Integer.MAX_VALUE;
        for (ConfigValue value : found.configValues()) {
            int place = message.indexOf(value.name());
            if (place >= 0 && place < at) {
                first = value;
                at = place;
            }
        }
        return first;
    }
}
