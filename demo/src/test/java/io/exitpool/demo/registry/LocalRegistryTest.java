package io.exitpool.demo.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaMetadata;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.entities.Config;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.exitpool.demo.port.TakenPortException;
import io.exitpool.streams.config.HostPort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The registry as the genuine client sees it over HTTP. */
class LocalRegistryTest {

    private static final AvroSchema FIRST = schema("{\"name\": \"a\", \"type\": \"int\"}");
    private static final AvroSchema SECOND =
            schema(
                    "{\"name\": \"a\", \"type\": \"int\"}, "
                            + "{\"name\": \"b\", \"type\": \"int\", \"default\": 0}");
    private static final AvroSchema INCOMPATIBLE = schema("{\"name\": \"c\", \"type\": \"int\"}");

    @Test
    void shouldServeFromAnyAddressWithTheIdsThatItHad(@TempDir Path directory) throws Exception {
        // given
        HostPort anywhere = new HostPort("0.0.0.0", 0);
        int id;
        try (LocalRegistry registry = LocalRegistry.serve(directory, anywhere)) {
            client(registry).register("s-value", INCOMPATIBLE);
            id = client(registry).register("t-value", FIRST);
        }

        // when
        try (LocalRegistry registry = LocalRegistry.serve(directory, anywhere)) {
            // then
            assertThat(client(registry).getSchemaById(id)).isEqualTo(FIRST);
        }
    }

    @Test
    void shouldRegisterLookUpAndReadSchemas() throws Exception {
        try (LocalRegistry registry = LocalRegistry.start(0)) {
            // given
            SchemaRegistryClient client = client(registry);

            // when
            int first = client.register("t-value", FIRST);
            int again = client.register("t-value", FIRST);
            int second = client.register("t-value", SECOND);
            int elsewhere = client.register("u/with?odd name-value", FIRST);

            // then
            assertThat(again).isEqualTo(first);
            assertThat(elsewhere).isEqualTo(first);
            assertThat(second).isNotEqualTo(first);
            SchemaRegistryClient other = client(registry);
            assertThat(other.getSchemaById(first)).isEqualTo(FIRST);
            assertThat(other.getId("t-value", SECOND)).isEqualTo(second);
            assertThat(other.getVersion("t-value", SECOND)).isEqualTo(2);
            assertThat(other.getAllSubjects()).containsExactly("t-value", "u/with?odd name-value");
            assertThat(other.getAllVersions("t-value")).containsExactly(1, 2);
            SchemaMetadata latest = other.getLatestSchemaMetadata("t-value");
            assertThat(latest.getId()).isEqualTo(second);
            assertThat(latest.getVersion()).isEqualTo(2);
            assertThat(latest.getSchema()).isEqualTo(SECOND.canonicalString());
            assertThat(other.getSchemaMetadata("t-value", 1).getId()).isEqualTo(first);
            assertThat(other.getAllSubjectsById(first))
                    .containsExactly("t-value", "u/with?odd name-value");
        }
    }

    @Test
    void shouldEnforceTheCompatibilityLevel() throws Exception {
        try (LocalRegistry registry = LocalRegistry.start(0)) {
            // given
            SchemaRegistryClient client = client(registry);
            client.register("t-value", FIRST);

            // when, then
            assertThat(client.getCompatibility(null)).isEqualTo("BACKWARD_TRANSITIVE");
            assertThat(client.testCompatibility("t-value", SECOND)).isTrue();
            assertThat(client.testCompatibility("t-value", INCOMPATIBLE)).isFalse();
            assertThat(client.testCompatibilityVerbose("t-value", INCOMPATIBLE)).isNotEmpty();
            assertRefused(() -> client.register("t-value", INCOMPATIBLE), 409, 409);

            // when
            client.updateConfig("t-value", new Config("NONE"));

            // then
            assertThat(client.getConfig("t-value").getCompatibilityLevel()).isEqualTo("NONE");
            assertThat(client.register("t-value", INCOMPATIBLE)).isPositive();
            assertThat(client.getAllVersions("t-value")).containsExactly(1, 2);
        }
    }

    @Test
    void shouldAnswerRefusalsWithTheRealRegistrysErrorCodes() throws Exception {
        try (LocalRegistry registry = LocalRegistry.start(0)) {
            // given
            SchemaRegistryClient client = client(registry);
            client.register("t-value", FIRST);

            // when, then
            assertRefused(() -> client.getLatestSchemaMetadata("none"), 404, 40401);
            assertRefused(() -> client.getAllVersions("none"), 404, 40401);
            assertRefused(() -> client.getId("none", FIRST), 404, 40401);
            assertRefused(() -> client.getSchemaMetadata("t-value", 9), 404, 40402);
            assertRefused(() -> client.getId("t-value", SECOND), 404, 40403);
            assertRefused(() -> client.getSchemaById(77), 404, 40403);
            assertRefused(() -> client.getConfig("t-value"), 404, 40408);
            assertRefused(() -> client.updateConfig("t-value", new Config("FORTH")), 422, 42203);
            assertThat(post(registry, "/subjects/t-value/versions", "{\"schema\": \"{\"}"))
                    .startsWith("422 {\"error_code\":42201,");
            assertThat(post(registry, "/subjects/t-value/versions", "what"))
                    .startsWith("422 {\"error_code\":422,");
            assertThat(get(registry, "/subjects/t-value/versions/zero"))
                    .startsWith("422 {\"error_code\":42202,");
            assertThat(get(registry, "/nothing")).startsWith("404 {\"error_code\":404,");
        }
    }

    @Test
    void shouldServeThePathsThatSchemaToolsRead() throws Exception {
        try (LocalRegistry registry = LocalRegistry.start(0)) {
            // given
            client(registry).register("t-value", FIRST);

            // when, then
            assertThat(get(registry, "/")).isEqualTo("200 {}");
            assertThat(get(registry, "/schemas/types")).isEqualTo("200 [\"AVRO\"]");
            assertThat(get(registry, "/mode")).isEqualTo("200 {\"mode\":\"READWRITE\"}");
            assertThat(get(registry, "/subjects?subjectPrefix=u")).isEqualTo("200 []");
            assertThat(get(registry, "/schemas/ids/1/schema"))
                    .isEqualTo("200 " + FIRST.canonicalString());
            assertThat(get(registry, "/subjects/t-value/versions/latest/schema"))
                    .isEqualTo("200 " + FIRST.canonicalString());
            assertThat(get(registry, "/schemas/ids/1/versions"))
                    .isEqualTo("200 [{\"subject\":\"t-value\",\"version\":1}]");
            assertThat(get(registry, "/config/t-value?defaultToGlobal=true"))
                    .isEqualTo("200 {\"compatibilityLevel\":\"BACKWARD_TRANSITIVE\"}");
        }
    }

    @Test
    void shouldKeepIdsLevelsAndItsPortOverARestart(@TempDir Path directory) throws Exception {
        // given
        String url;
        int second;
        try (LocalRegistry registry = LocalRegistry.start(directory, 0)) {
            url = registry.url();
            client(registry).register("t-value", FIRST);
            client(registry).updateConfig("t-value", new Config("FULL"));
            second = client(registry).register("u-value", SECOND);
        }
        Files.writeString(directory.resolve("schemas.jsonl"), "{\"subj", StandardOpenOption.APPEND);

        for (int restart = 0; restart < 2; restart++) {
            // when
            try (LocalRegistry registry = LocalRegistry.start(directory, 0)) {
                // then
                assertThat(registry.url()).isEqualTo(url);
                assertThat(client(registry).getSchemaById(second)).isEqualTo(SECOND);
                assertThat(client(registry).getId("t-value", FIRST)).isEqualTo(1);
                assertThat(client(registry).getConfig("t-value").getCompatibilityLevel())
                        .isEqualTo("FULL");
                assertThat(client(registry).register("v" + restart, FIRST)).isEqualTo(1);
            }
        }
    }

    @Test
    void shouldRefuseATakenPort() {
        try (LocalRegistry registry = LocalRegistry.start(0)) {
            // given
            int port = URI.create(registry.url()).getPort();

            // when, then
            assertThatThrownBy(() -> LocalRegistry.start(port))
                    .isInstanceOf(TakenPortException.class)
                    .hasMessageContaining("port " + port + " on 127.0.0.1 is taken");
        }
    }

    private static AvroSchema schema(String fields) {
        return new AvroSchema(
                "{\"type\": \"record\", \"name\": \"R\", \"fields\": [" + fields + "]}");
    }

    private static SchemaRegistryClient client(LocalRegistry registry) {
        return new CachedSchemaRegistryClient(registry.url(), 100, Map.of());
    }

    private static void assertRefused(ThrowingCallable call, int status, int code) {
        RestClientException refusal = catchThrowableOfType(RestClientException.class, call);
        assertThat(refusal).isNotNull();
        assertThat(refusal.getStatus()).isEqualTo(status);
        assertThat(refusal.getErrorCode()).isEqualTo(code);
    }

    private static String get(LocalRegistry registry, String path) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(registry.url() + path)));
    }

    private static String post(LocalRegistry registry, String path, String body) throws Exception {
        return send(
                HttpRequest.newBuilder(URI.create(registry.url() + path))
                        .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static String send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        HttpResponse<String> response =
                HttpClient.newHttpClient()
                        .send(request.build(), HttpResponse.BodyHandlers.ofString());
        return response.statusCode() + " " + response.body();
    }
}
