package io.exitpool.connect.alerts;

import io.exitpool.connect.alerts.http.HttpSettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;

/** The settings of {@link AlertmanagerSinkConnector}. */
final class AlertmanagerConfig extends AbstractConfig {
    static final String URLS = "alertmanager.urls";
    static final String LABELS = "alertmanager.labels";
    static final String REPEAT = "repeat.interval.ms";
    static final String EXPIRE = "expire.after.ms";
    static final String BACKOFF = "retry.backoff.ms";

    private static final String API = "api/v2/alerts";
    private static final String LABEL_NAME = "[a-zA-Z_][a-zA-Z0-9_]*";
    private static final String RESET = "consumer.override.auto.offset.reset";
    private static final String GROUP = "Alertmanager";

    static final ConfigDef DEFINITION = define();

    private final List<URI> endpoints;
    private final Map<String, String> labels;
    private final Severities severities;
    private final Runbook runbook;
    private final HttpSettings http;

    /**
     * Reads the settings.
     *
     * @throws ConfigException that names the setting and says what to do
     */
    AlertmanagerConfig(Map<String, String> settings) {
        super(DEFINITION, settings, false);
        endpoints = getList(URLS).stream().map(AlertmanagerConfig::endpoint).distinct().toList();
        labels = labels(getList(LABELS));
        severities = new Severities(this);
        runbook = new Runbook(this);
        http = HttpSettings.of(this);
        if (expireAfter().compareTo(repeatInterval().multipliedBy(2)) < 0) {
            throw new ConfigException(
                    EXPIRE
                            + " must be at least twice "
                            + REPEAT
                            + ", or a single late repeat resolves what is open");
        }
        if (!settings.getOrDefault(RESET, "earliest").equals("earliest")) {
            throw new ConfigException(
                    RESET
                            + " must be earliest, because what is open is read from the beginning"
                            + " of the topic at every start: remove it");
        }
    }

    List<URI> endpoints() {
        return endpoints;
    }

    /** The labels that all alerts have. */
    Map<String, String> labels() {
        return labels;
    }

    Severities severities() {
        return severities;
    }

    Runbook runbook() {
        return runbook;
    }

    HttpSettings http() {
        return http;
    }

    Duration repeatInterval() {
        return Duration.ofMillis(getLong(REPEAT));
    }

    Duration expireAfter() {
        return Duration.ofMillis(getLong(EXPIRE));
    }

    Duration backoff() {
        return Duration.ofMillis(getLong(BACKOFF));
    }

    private static ConfigDef define() {
        ConfigDef def =
                new ConfigDef()
                        .define(
                                URLS,
                                Type.LIST,
                                ConfigDef.NO_DEFAULT_VALUE,
                                ConfigDef.ValidList.anyNonDuplicateValues(false, false),
                                Importance.HIGH,
                                "Base addresses of the Alertmanagers. Each alert goes to all of"
                                        + " them: a cluster's members agree on who calls, but do"
                                        + " not hand alerts on to each other.",
                                GROUP,
                                1,
                                ConfigDef.Width.LONG,
                                "Addresses")
                        .define(
                                LABELS,
                                Type.LIST,
                                List.of("service=exitpool"),
                                Importance.MEDIUM,
                                "Labels that all alerts get, as name=value, beside alertname,"
                                        + " server, severity, country and city.",
                                GROUP,
                                2,
                                ConfigDef.Width.LONG,
                                "Labels")
                        .define(
                                REPEAT,
                                Type.LONG,
                                60_000L,
                                Range.between(100, 3_600_000),
                                Importance.LOW,
                                "How often all that is open is sent again, in milliseconds: an"
                                        + " Alertmanager that was away learns of it within this"
                                        + " time.",
                                GROUP,
                                3,
                                ConfigDef.Width.SHORT,
                                "Repeat interval")
                        .define(
                                EXPIRE,
                                Type.LONG,
                                900_000L,
                                Range.between(200, 86_400_000),
                                Importance.LOW,
                                "When an open alert that is not repeated any more resolves by"
                                        + " itself, in milliseconds after it was last sent. Must"
                                        + " outlast a restart of the worker, and the five minutes"
                                        + " for which Connect waits for a lost one.",
                                GROUP,
                                4,
                                ConfigDef.Width.SHORT,
                                "Expire after")
                        .define(
                                BACKOFF,
                                Type.LONG,
                                5_000L,
                                Range.between(10, 300_000),
                                Importance.LOW,
                                "How long to wait when no Alertmanager answers, in milliseconds."
                                        + " It is tried again without an end.",
                                GROUP,
                                5,
                                ConfigDef.Width.SHORT,
                                "Retry backoff");
        return SinkSettings.define(def);
    }

    private static URI endpoint(String base) {
        URI uri = HttpSettings.uri(URLS, base.endsWith("/") ? base : base + "/");
        return uri.resolve(API);
    }

    private static Map<String, String> labels(List<String> entries) {
        Map<String, String> labels = Pairs.parse(LABELS, entries, "name=value");
        Set<String> own = AlertmanagerNotice.LABELS;
        for (String name : labels.keySet()) {
            if (!name.matches(LABEL_NAME) || own.contains(name)) {
                throw new ConfigException(
                        "%s: '%s' must be like %s and none of %s"
                                .formatted(LABELS, name, LABEL_NAME, own));
            }
        }
        return labels;
    }
}
