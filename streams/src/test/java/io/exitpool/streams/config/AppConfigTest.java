package io.exitpool.streams.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AppConfigTest {

    @Test
    void shouldHaveTheDefaultsThatAreDocumented() {
        AppConfig config = AppConfig.of(Map.of());

        assertThat(config.connection().bootstrapServers()).isEqualTo("localhost:9092");
        assertThat(config.stateDir()).isEqualTo(Path.of("exitpool-state"));
        assertThat(config.http()).contains(new HostPort("127.0.0.1", 8080));
        assertThat(config.guarantee()).isEqualTo(AppConfig.Guarantee.EXACTLY_ONCE_V2);
        assertThat(config.commitInterval()).isEqualTo(Duration.ofMillis(100));
        assertThat(config.tickInterval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.instanceId()).isEmpty();
        assertThat(config.replicationFactor()).isEqualTo(-1);
    }

    @Test
    void shouldReadWhatIsSet() {
        AppConfig config =
                AppConfig.of(
                        Map.of(
                                "bootstrap.servers", "192.0.2.1:9092",
                                "http.listen", "[::1]:0",
                                "processing.guarantee", "at_least_once",
                                "group.instance.id", " a ",
                                "kafka.security.protocol", "SSL"));

        assertThat(config.connection().bootstrapServers()).isEqualTo("192.0.2.1:9092");
        assertThat(config.http()).contains(new HostPort("::1", 0));
        assertThat(config.http().get()).hasToString("[::1]:0");
        assertThat(config.guarantee()).isEqualTo(AppConfig.Guarantee.AT_LEAST_ONCE);
        assertThat(config.instanceId()).contains("a");
        assertThat(config.connection().kafka()).containsEntry("security.protocol", "SSL");
    }

    @Test
    void shouldServeNothingWhenHttpIsOff() {
        assertThat(AppConfig.of(Map.of("http.listen", "off")).http()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "comit.interval.ms, commit.interval.ms",
        "statedir, state.dir",
        "rocksdb.memory, rocksdb.memory.bytes",
        "bootstrap.server, bootstrap.servers",
        "numstandbyreplicas, num.standby.replicas"
    })
    void shouldNameTheNearestSettingForAnUnknownOne(String unknown, String nearest) {
        assertInvalid(
                Map.of(unknown, "1"), "unknown setting " + unknown + ": the nearest is " + nearest);
    }

    @ParameterizedTest
    @CsvSource({
        "commit.interval.ms, 0, must be 1 to 10000",
        "commit.interval.ms, ten, must be a whole number",
        "commit.interval.ms, 99999999999, must be a whole number",
        "num.stream.threads, 65, must be 1 to 64",
        "num.standby.replicas, -1, must be 0 to 5",
        "session.timeout.ms, 10, must be 1000 to 1800000",
        "replication.factor, 0, must be 1 to 32767",
        "tick.interval.ms, 60000, must be 100 to 10000",
        "rocksdb.memory.bytes, 1024, must be 33554432 to",
        "processing.guarantee, exactly_once, must be exactly_once_v2 or at_least_once",
        "http.listen, 8080, must be HOST:PORT",
        "http.listen, localhost:http, must be HOST:PORT",
        "http.listen, localhost:65536, must be HOST:PORT",
        "state.dir, '', is empty",
    })
    void shouldSayWhatAValueMayBe(String key, String value, String expected) {
        assertInvalid(Map.of(key, value), key + " " + expected);
    }

    @ParameterizedTest
    @CsvSource({
        "application.id, it names the group",
        "processing.guarantee, set processing.guarantee without kafka.",
        "main.consumer.group.instance.id, set group.instance.id without kafka.",
        "consumer.auto.offset.reset, neither lost nor written twice",
        "producer.max.request.size, largest configuration",
        "deserialization.exception.handler, bad records go to exit-dead-letters",
        "rocksdb.config.setter, the store's shape",
        "default.timestamp.extractor, append time",
        "producer.partitioner.class, murmur2"
    })
    void shouldRefuseAKafkaKeyThatIsFixedByDesign(String key, String reason) {
        assertInvalid(Map.of("kafka." + key, "x"), reason);
    }

    @Test
    void shouldPassOnWhatIsNotFixed() {
        assertThat(AppConfig.of(Map.of("kafka.producer.linger.ms", "0")).connection().kafka())
                .containsEntry("producer.linger.ms", "0");
    }

    @Test
    void shouldRefuseStaticMembershipAndStandbysWithTheStreamsProtocol() {
        assertInvalid(
                Map.of("kafka.group.protocol", "streams", "group.instance.id", "a"),
                "leave group.instance.id");
        assertInvalid(
                Map.of("kafka.group.protocol", "streams", "num.standby.replicas", "1"),
                "on the brokers");
    }

    @Test
    void shouldSayAllButSecretsOfItself() {
        AppConfig config =
                AppConfig.of(
                        Map.of(
                                "kafka.sasl.jaas.config", "user=\"u\" password=\"hunter2\";",
                                "schema.registry.basic.auth.user.info", "u:hunter2",
                                "kafka.ssl.key.password", "hunter2",
                                "commit.interval.ms", "25"));

        assertThat(config.masked())
                .contains("commit.interval.ms=25", "kafka.ssl.key.password")
                .doesNotContain("hunter2");
        assertThat(config).hasToString(config.masked());
    }

    private static void assertInvalid(Map<String, String> settings, String message) {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> AppConfig.of(settings))
                .withMessageContaining(message);
    }
}
