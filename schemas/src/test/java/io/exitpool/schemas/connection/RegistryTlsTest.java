package io.exitpool.schemas.connection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The genuine client against a registry with a certificate that only a trust store knows. */
class RegistryTlsTest {

    private static final String PASSWORD = "open-sesame";

    @TempDir private Path folder;
    private HttpsServer server;
    private Path store;

    @BeforeEach
    void start() throws Exception {
        store = folder.resolve("registry.p12");
        Process keytool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                "registry",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=localhost",
                                "-ext",
                                "SAN=dns:localhost",
                                "-storetype",
                                "PKCS12",
                                "-storepass",
                                PASSWORD,
                                "-keystore",
                                store.toString())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(keytool.getInputStream().readAllBytes(), UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();

        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context()));
        server.createContext(
                "/",
                exchange -> {
                    byte[] answer = "{\"error_code\":40403,\"message\":\"none\"}".getBytes(UTF_8);
                    exchange.sendResponseHeaders(404, answer.length);
                    exchange.getResponseBody().write(answer);
                    exchange.close();
                });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void shouldTrustWhomTheTrustStoreKnows() {
        SchemaRegistryClient client =
                Connection.of(
                                Map.of(
                                        "schema.registry.url",
                                        url(),
                                        "schema.registry.ssl.truststore.location",
                                        store.toString(),
                                        "schema.registry.ssl.truststore.type",
                                        "PKCS12",
                                        "schema.registry.ssl.truststore.password",
                                        PASSWORD))
                        .registry();

        assertThatThrownBy(() -> client.getSchemaById(1))
                .isInstanceOf(RestClientException.class)
                .hasMessageContaining("40403");
    }

    @Test
    void shouldTrustNobodyElse() {
        SchemaRegistryClient client =
                Connection.of(Map.of("schema.registry.url", url())).registry();

        assertThatThrownBy(() -> client.getSchemaById(1)).isInstanceOf(SSLException.class);
    }

    private String url() {
        return "https://localhost:" + server.getAddress().getPort();
    }

    private SSLContext context() throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}
