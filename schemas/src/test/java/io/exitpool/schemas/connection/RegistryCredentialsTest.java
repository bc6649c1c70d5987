package io.exitpool.schemas.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.exitpool.schemas.wire.HttpRegistry;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The genuine client against real HTTP: what it sends for each way to say who we are. */
class RegistryCredentialsTest {

    private final HttpRegistry registry = new HttpRegistry();

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void shouldSendNoCredentialsWhenThereAreNone() {
        assertThat(headersWith(Map.of())).doesNotContainKey("Authorization");
    }

    @Test
    void shouldSendUserAndPassword() {
        Headers headers =
                headersWith(Map.of("schema.registry.basic.auth.user.info", "reader:open:sesame"));

        assertThat(headers.getFirst("Authorization")).isEqualTo(basic("reader:open:sesame"));
    }

    @Test
    void shouldSendUserAndPasswordAsTheClientNamesThem() {
        Headers headers =
                headersWith(
                        Map.of(
                                "schema.registry.basic.auth.credentials.source", "USER_INFO",
                                "schema.registry.basic.auth.user.info", "reader:sesame"));

        assertThat(headers.getFirst("Authorization")).isEqualTo(basic("reader:sesame"));
    }

    @Test
    void shouldSendUserAndPasswordOfTheAddress() {
        String url = registry.url().replace("http://", "http://reader:sesame@");

        ask(Connection.of(Map.of("schema.registry.url", url)).registry());

        assertThat(registry.requests().get(0).headers().getFirst("Authorization"))
                .isEqualTo(basic("reader:sesame"));
    }

    @Test
    void shouldSendABearerToken() {
        Headers headers = headersWith(Map.of("schema.registry.bearer.auth.token", "open-sesame"));

        assertThat(headers.getFirst("Authorization")).isEqualTo("Bearer open-sesame");
    }

    @Test
    void shouldAskTheNextAddressWhenOneIsDown() {
        HttpRegistry gone = new HttpRegistry();
        gone.close();

        ask(
                Connection.of(Map.of("schema.registry.url", gone.url() + ", " + registry.url()))
                        .registry());

        assertThat(registry.requests()).hasSize(1);
    }

    private Headers headersWith(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("schema.registry.url", registry.url());
        ask(Connection.of(all).registry());
        return registry.requests().get(0).headers();
    }

    private static void ask(SchemaRegistryClient client) {
        assertThatThrownBy(() -> client.getSchemaById(1)).isInstanceOf(RestClientException.class);
    }

    private static String basic(String user) {
        return "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
    }
}
