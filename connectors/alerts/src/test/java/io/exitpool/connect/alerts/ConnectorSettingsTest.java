package io.exitpool.connect.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.sink.SinkConnector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectorSettingsTest {

    @Test
    void shouldBeFoundByTheWorker() {
        assertThat(ServiceLoader.load(SinkConnector.class))
                .extracting(SinkConnector::version)
                .hasSize(2)
                .allMatch(version -> version.matches("\\d+\\..*"));
    }

    @Test
    void shouldRunAsOneTask() {
        SinkConnector connector = new WebhookSinkConnector();
        connector.start(Map.of("webhook.url", "http://localhost/"));

        assertThat(connector.taskConfigs(8))
                .containsExactly(Map.of("webhook.url", "http://localhost/"));
        assertThat(connector.taskClass()).isEqualTo(WebhookSinkTask.class);
    }

    @Test
    void shouldTakeTheLeastThatIsNeeded() {
        assertThat(
                        errors(
                                new AlertmanagerSinkConnector(),
                                Map.of("alertmanager.urls", "http://a:9093,https://b/prefix")))
                .isEmpty();
        assertThat(
                        errors(
                                new WebhookSinkConnector(),
                                Map.of("webhook.url", "https://b/hooks?token=1")))
                .isEmpty();
    }

    @Test
    void shouldKeepThePrefixOfAProxy() {
        AlertmanagerConfig config =
                new AlertmanagerConfig(Map.of("alertmanager.urls", "https://b/prefix"));

        assertThat(config.endpoints()).hasToString("[https://b/prefix/api/v2/alerts]");
    }

    @ParameterizedTest
    @CsvSource({
        "alertmanager.urls, localhost:9093, must be like https://host:port/path",
        "alertmanager.urls, http://u:p@a, must not carry credentials",
        "alertmanager.urls, '', alertmanager.urls",
        "alertmanager.labels, server=a, none of",
        "alertmanager.labels, a-b=c, must be like",
        "alertmanager.labels, a, is not like name=value",
        "severities, EXHAUSTED, is not like KIND=severity",
        "severities, 'A=b,A=c', names A twice",
        "expire.after.ms, 100000, at least twice repeat.interval.ms",
        "runbook.url, docs, must be like",
        "auth.basic.username, u, need each other",
        "ssl.truststore.location, /nonexistent.p12, cannot read /nonexistent.p12",
        "consumer.override.auto.offset.reset, latest, must be earliest",
    })
    void shouldSayWhatIsWrongWithAnAlertmanager(String name, String value, String error) {
        Map<String, String> settings = new HashMap<>(Map.of("alertmanager.urls", "http://a:9093"));
        settings.put(name, value);

        assertThat(errors(new AlertmanagerSinkConnector(), settings))
                .singleElement()
                .asString()
                .contains(error);
    }

    @ParameterizedTest
    @CsvSource({
        "webhook.url, ftp://a/, must be like https://host:port/path",
        "webhook.header.Host, a, cannot be sent as a header",
        "retry.backoff.max.ms, 999, must not be below retry.backoff.ms",
    })
    void shouldSayWhatIsWrongWithAWebhook(String name, String value, String error) {
        Map<String, String> settings = new HashMap<>(Map.of("webhook.url", "http://a:9093"));
        settings.put(name, value);

        assertThat(errors(new WebhookSinkConnector(), settings))
                .singleElement()
                .asString()
                .contains(error);
    }

    @Test
    void shouldRefuseTwoKindsOfCredentials() {
        Map<String, String> settings =
                Map.of(
                        "webhook.url",
                        "http://a",
                        "auth.basic.username",
                        "u",
                        "auth.basic.password",
                        "p",
                        "auth.bearer.token",
                        "t");

        assertThat(errors(new WebhookSinkConnector(), settings)).hasSize(1);
    }

    @Test
    void shouldSignAsOthersDo() {
        // The example of RFC 4231, test case 2.
        assertThat(new HmacSignature("Jefe").of("what do ya want for nothing?".getBytes()))
                .isEqualTo(
                        "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    private static List<String> errors(SinkConnector connector, Map<String, String> settings) {
        return connector.validate(settings).configValues().stream()
                .map(ConfigValue::errorMessages)
                .flatMap(List::stream)
                .toList();
    }
}
