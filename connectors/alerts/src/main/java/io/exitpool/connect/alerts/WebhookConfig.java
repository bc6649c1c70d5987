package io.exitpool.connect.alerts;

import io.exitpool.connect.alerts.http.HttpSettings;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;

/** The settings of {@link WebhookSinkConnector}. */
final class WebhookConfig extends AbstractConfig {
    static final String URL = "webhook.url";
    static final String HEADER_PREFIX = "webhook.header.";
    static final String HMAC_SECRET = "webhook.hmac.secret";
    static final String BACKOFF = "retry.backoff.ms";
    static final String BACKOFF_MAX = "retry.backoff.max.ms";
    static final String GIVE_UP = "retry.timeout.ms";

    private static final String GROUP = "Webhook";

    static final ConfigDef DEFINITION = define();

    private final URI url;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Severities severities;
    private final Runbook runbook;
    private final HttpSettings http;

    /**
     * Reads the settings.
     *
     * @throws ConfigException that names the setting and says what to do
     */
    WebhookConfig(Map<String, String> settings) {
        super(DEFINITION, settings, false);
        url = HttpSettings.uri(URL, getString(URL));
        originalsWithPrefix(HEADER_PREFIX)
                .forEach((name, value) -> headers.put(name, String.valueOf(value)));
        HttpSettings.checkHeaders(HEADER_PREFIX, headers);
        severities = new Severities(this);
        runbook = new Runbook(this);
        http = HttpSettings.of(this);
        if (getLong(BACKOFF_MAX) < getLong(BACKOFF)) {
            throw new ConfigException(BACKOFF_MAX + " must not be below " + BACKOFF);
        }
    }

    URI url() {
        return url;
    }

    Map<String, String> headers() {
        return headers;
    }

    Optional<HmacSignature> signature() {
        return Optional.ofNullable(getPassword(HMAC_SECRET))
                .map(secret -> new HmacSignature(secret.value()));
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

    RetryPlan retryPlan() {
        return new RetryPlan(
                Duration.ofMillis(getLong(BACKOFF)),
                Duration.ofMillis(getLong(BACKOFF_MAX)),
                Duration.ofMillis(getLong(GIVE_UP)));
    }

    private static ConfigDef define() {
        ConfigDef def =
                new ConfigDef()
                        .define(
                                URL,
                                Type.STRING,
                                ConfigDef.NO_DEFAULT_VALUE,
                                new ConfigDef.NonEmptyString(),
                                Importance.HIGH,
                                "Where each alert is posted. If a part of it is secret, take it"
                                        + " from a config provider.",
                                GROUP,
                                1,
                                ConfigDef.Width.LONG,
                                "Address")
                        .define(
                                HMAC_SECRET,
                                Type.PASSWORD,
                                null,
                                Importance.MEDIUM,
                                "When set, "
                                        + HmacSignature.HEADER
                                        + " carries sha256= and the body's HMAC-SHA256 with this"
                                        + " secret, in hexadecimal.",
                                GROUP,
                                2,
                                ConfigDef.Width.MEDIUM,
                                "HMAC secret")
                        .define(
                                BACKOFF,
                                Type.LONG,
                                1_000L,
                                Range.between(10, 60_000),
                                Importance.LOW,
                                "How long to wait before the first retry, in milliseconds; doubled"
                                        + " with each further one.",
                                GROUP,
                                3,
                                ConfigDef.Width.SHORT,
                                "Retry backoff")
                        .define(
                                BACKOFF_MAX,
                                Type.LONG,
                                60_000L,
                                Range.between(10, 3_600_000),
                                Importance.LOW,
                                "The longest wait between retries, in milliseconds; also for what a"
                                        + " receiver asks for by Retry-After.",
                                GROUP,
                                4,
                                ConfigDef.Width.SHORT,
                                "Longest backoff")
                        .define(
                                GIVE_UP,
                                Type.LONG,
                                1_800_000L,
                                Range.between(0, 604_800_000),
                                Importance.MEDIUM,
                                "For how long one alert is retried, in milliseconds, before the"
                                    + " task fails. Nothing is lost then: once restarted, it goes"
                                    + " on with the same alert.",
                                GROUP,
                                5,
                                ConfigDef.Width.SHORT,
                                "Give up after");
        return SinkSettings.define(def);
    }
}
