package io.exitpool.connect.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReverseDnsConfigTest {

    private static final Map<String, String> LEAST =
            Map.of(
                    "dns.server", "192.0.2.53",
                    "tsig.key.name", "exitpool",
                    "tsig.key.secret", "c2VjcmV0",
                    "ptr.granted", "{address-dashed}.{server}.example.net");

    @Test
    void shouldTakeTheLeast() {
        ReverseDnsConfig config = new ReverseDnsConfig(LEAST);

        assertThat(config.names().followsReleases()).isFalse();
        assertThat(config.limits().changesPerMessage()).isEqualTo(250);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dns.server|host:0|port from 1 to 65535",
                "tsig.key.secret|no base64!|not base64",
                "tsig.algorithm|hmac-md5|hmac-sha256",
                "ptr.granted|{session}.example.net|{session} is not known",
                "ptr.idle|idle|one label",
                "zones|192.0.2.0/24,192.0.2.64/26|does not end at a label",
                "batch.size|501|500",
                "retry.backoff.max.ms|100|retry.backoff.ms or more",
            })
    void shouldSayWhatIsWrong(String key, String value, String reason) {
        assertThatThrownBy(() -> new ReverseDnsConfig(with(key, value)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(key)
                .hasMessageContaining(reason);
    }

    @Test
    void shouldNotShowTheSecret() {
        ReverseDnsConfig config = new ReverseDnsConfig(LEAST);

        assertThat(config.values().toString()).doesNotContain("c2VjcmV0");
        assertThatThrownBy(() -> new ReverseDnsConfig(with("tsig.key.secret", "geheim!")))
                .hasMessageNotContaining("geheim");
    }

    @Test
    void shouldShareTheRatesAmongTheTasks() {
        ReverseDnsSinkConnector connector = new ReverseDnsSinkConnector();
        connector.start(with("changes.per.second", "1000"));

        assertThat(connector.taskConfigs(3))
                .hasSize(3)
                .allSatisfy(it -> assertThat(it).containsEntry("changes.per.second", "333"));
    }

    @Test
    void shouldTellEveryMistakeAtOnce() {
        List<String> wrong =
                new ReverseDnsSinkConnector()
                        .validate(Map.of("ptr.granted", "x")).configValues().stream()
                                .filter(value -> !value.errorMessages().isEmpty())
                                .map(ConfigValue::name)
                                .toList();

        assertThat(wrong)
                .containsExactlyInAnyOrder(
                        "dns.server", "tsig.key.name", "tsig.key.secret", "ptr.granted");
    }

    private static Map<String, String> with(String key, String value) {
        Map<String, String> settings = new HashMap<>(LEAST);
        settings.put(key, value);
        return settings;
    }
}
