package io.exitpool.schemas.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionTest {

    @Test
    void shouldHaveDefaults() {
        Connection connection = Connection.of(Map.of());

        assertThat(connection.bootstrapServers()).isEqualTo("localhost:9092");
        assertThat(connection.registryUrl()).isEqualTo("http://localhost:8081");
        assertThat(connection.autoRegister()).isFalse();
        assertThat(connection.admin()).isEqualTo(Map.of("bootstrap.servers", "localhost:9092"));
    }

    @Test
    void shouldReadCommittedRecordsAndMakeUpNoOffset() {
        assertThat(Connection.of(Map.of()).consumer())
                .containsEntry("isolation.level", "read_committed")
                .containsEntry("enable.auto.commit", "false")
                .containsEntry("auto.offset.reset", "none")
                .containsEntry("allow.auto.create.topics", "false");
        assertThat(Connection.of(Map.of("kafka.auto.offset.reset", "earliest")).consumer())
                .containsEntry("auto.offset.reset", "earliest");
    }

    @Test
    void shouldProduceSafelyAndAsLargeAsAnyTopicTakes() {
        Map<String, Object> producer = Connection.of(Map.of()).producer();

        assertThat(producer)
                .containsEntry("acks", "all")
                .containsEntry("enable.idempotence", "true")
                .containsEntry("max.request.size", "9437184");
        // and Kafka's own client takes it
        producer.put("key.serializer", ByteArraySerializer.class);
        producer.put("value.serializer", ByteArraySerializer.class);
        assertThat(new ProducerConfig(producer).getInt("max.request.size")).isEqualTo(9_437_184);
    }

    @Test
    void shouldHandEachKindOfClientWhatItKnows() {
        Connection connection =
                Connection.of(
                        Map.of(
                                "kafka.security.protocol", "SSL",
                                "kafka.linger.ms", "5",
                                "kafka.fetch.min.bytes", "10",
                                "kafka.my.callback.url", "https://login.example.org"));

        assertThat(connection.admin())
                .containsKeys("security.protocol", "my.callback.url")
                .doesNotContainKeys("linger.ms", "fetch.min.bytes");
        assertThat(connection.consumer())
                .containsKeys("security.protocol", "my.callback.url", "fetch.min.bytes")
                .doesNotContainKey("linger.ms");
        assertThat(connection.producer())
                .containsKeys("security.protocol", "my.callback.url", "linger.ms")
                .doesNotContainKey("fetch.min.bytes");
        assertThat(connection.kafka()).hasSize(5);
    }

    @Test
    void shouldGiveMapsThatTheCallerMayChange() {
        Connection connection = Connection.of(Map.of());

        connection.consumer().put(ConsumerConfig.GROUP_ID_CONFIG, "mine");

        assertThat(connection.consumer()).doesNotContainKey(ConsumerConfig.GROUP_ID_CONFIG);
    }

    @Test
    void shouldChangeOneSettingInACopy() {
        Connection one = Connection.of(Map.of());
        Connection other = one.with("bootstrap.servers", "192.0.2.1:9092");

        assertThat(one.bootstrapServers()).isEqualTo("localhost:9092");
        assertThat(other.bootstrapServers()).isEqualTo("192.0.2.1:9092");
        assertThatThrownBy(() -> one.with("bootstrap.server", "x"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kafka.acks",
                "kafka.enable.idempotence",
                "kafka.isolation.level",
                "kafka.enable.auto.commit",
                "kafka.partitioner.class",
                "kafka.value.deserializer"
            })
    void shouldRefuseWhatCorrectnessDependsOn(String key) {
        assertThatThrownBy(() -> Connection.of(Map.of(key, "x")))
                .hasMessage(
                        key
                                + " cannot be set: the pools' correctness depends on it. Leave it"
                                + " out");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    bootstrap.server           | x     | unknown setting bootstrap.server: a connection has auto.register.schemas, bootstrap.servers, schema.registry.url, schema.registry.* and kafka.*
                    kafka.bootstrap.servers    | x     | write bootstrap.servers instead of kafka.bootstrap.servers
                    bootstrap.servers          | ' '   | bootstrap.servers is empty
                    auto.register.schemas      | yes   | auto.register.schemas must be true or false, not yes
                    schema.registry.url        | localhost:8081 | schema.registry.url must begin with http:// or https://, not localhost:8081
                    schema.registry.url        | ftp://u:p@192.0.2.1 | schema.registry.url must begin with http:// or https://, not ftp://***@192.0.2.1
                    schema.registry.url        | http://a b | schema.registry.url is not an address: http://a b
                    schema.registry.basic.auth.userinfo | a:b | unknown setting schema.registry.basic.auth.userinfo: the registry's client has schema.registry.basic.auth.*, bearer.auth.*, ssl.*, proxy.*, http.*.timeout.ms
                    schema.registry.http.read.timeout.ms | soon | schema.registry.http.read.timeout.ms must be a number of milliseconds, not soon
                    """)
    void shouldSayWhatIsWrong(String key, String value, String message) {
        assertThatThrownBy(() -> Connection.of(Map.of(key, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void shouldRefuseOAuthThatThisClientDoesNotHave() {
        assertThatThrownBy(
                        () ->
                                Connection.of(
                                        Map.of(
                                                "schema.registry.bearer.auth.credentials.source",
                                                "OAUTHBEARER")))
                .hasMessage(
                        "schema.registry.bearer.auth.credentials.source=OAUTHBEARER is not"
                                + " supported by this build's registry client. Use STATIC_TOKEN"
                                + " with schema.registry.bearer.auth.token, or CUSTOM with a"
                                + " provider class of your own");
    }

    @Test
    void shouldRefuseTwoWaysToSpeakForOneself() {
        Map<String, String> both = new HashMap<>();
        both.put("schema.registry.basic.auth.user.info", "reader:example");
        both.put("schema.registry.bearer.auth.token", "example");

        assertThatThrownBy(() -> Connection.of(both)).hasMessageEndingWith("not both");
    }

    @Test
    void shouldShowNoSecret() {
        Connection connection =
                Connection.of(
                        Map.of(
                                "schema.registry.url", "https://reader:open-sesame@192.0.2.1",
                                "schema.registry.basic.auth.user.info", "open-sesame",
                                "kafka.ssl.keystore.password", "open-sesame",
                                "kafka.sasl.jaas.config", "x required password=\"open-sesame\";",
                                "kafka.client.id", "audit"));

        assertThat(connection.registryUrl()).isEqualTo("https://***@192.0.2.1");
        assertThat(connection.toString())
                .doesNotContain("open-sesame")
                .contains("kafka.client.id=audit")
                .contains("schema.registry.url=https://***@192.0.2.1");
    }

    @Test
    void shouldKnowItsKeys() {
        assertThat(Connection.isKey("kafka.x")).isTrue();
        assertThat(Connection.isKey("schema.registry.ssl.truststore.location")).isTrue();
        assertThat(Connection.isKey("application.id")).isFalse();
    }
}
