package io.exitpool.connect.alerts.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.exitpool.connect.alerts.http.Answer.Verdict;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A peer that shows a certificate of its own and asks for the client's. */
class TlsTest {
    private static final String PASSWORD = "changeit";

    @TempDir private static Path dir;
    private static String peerStore;
    private static String ownStore;

    @BeforeAll
    static void makeStores() throws Exception {
        peerStore = makeStore("peer");
        ownStore = makeStore("own");
    }

    @Test
    void shouldShowItsCertificateAndTrustThePeers() throws Exception {
        assertThat(
                        post(both(store("truststore", peerStore), store("keystore", ownStore)))
                                .verdict())
                .isEqualTo(Verdict.ACCEPTED);
    }

    @Test
    void shouldNotTalkToAPeerThatItDoesNotTrust() throws Exception {
        Answer answer = post(store("keystore", ownStore));

        assertThat(answer.verdict()).isEqualTo(Verdict.UNAVAILABLE);
        assertThat(answer.detail()).contains("unable to find valid certification path");
    }

    @Test
    void shouldNotBeTrustedWithoutACertificate() throws Exception {
        assertThat(post(store("truststore", peerStore)).verdict()).isEqualTo(Verdict.UNAVAILABLE);
    }

    private static Answer post(Map<String, String> stores) throws Exception {
        HttpsServer server =
                HttpsServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.setHttpsConfigurator(new AskingForCertificates(serverContext()));
        server.createContext(
                "/",
                exchange -> {
                    exchange.getRequestBody().readAllBytes();
                    exchange.sendResponseHeaders(204, -1);
                    exchange.close();
                });
        server.start();
        try {
            URI uri = URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/");
            JsonClient client = new JsonClient(HttpSettings.of(config(stores)));
            return client.post(uri, "{}".getBytes(), Map.of()).join();
        } finally {
            server.stop(0);
        }
    }

    private static SSLContext serverContext() {
        return TlsStores.context(
                        config(both(store("truststore", ownStore), store("keystore", peerStore))))
                .orElseThrow();
    }

    private static AbstractConfig config(Map<String, String> stores) {
        return new AbstractConfig(HttpSettings.define(new ConfigDef()), stores, false);
    }

    private static Map<String, String> both(Map<String, String> one, Map<String, String> other) {
        Map<String, String> both = new HashMap<>(one);
        both.putAll(other);
        return both;
    }

    private static Map<String, String> store(String name, String file) {
        return Map.of("ssl." + name + ".location", file, "ssl." + name + ".password", PASSWORD);
    }

    private static String makeStore(String name) throws Exception {
        Path file = dir.resolve(name + ".p12");
        Process keytool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                name,
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=" + name,
                                "-ext",
                                "san=ip:127.0.0.1",
                                "-storetype",
                                "PKCS12",
                                "-keystore",
                                file.toString(),
                                "-storepass",
                                PASSWORD)
                        .inheritIO()
                        .start();
        assertThat(keytool.waitFor()).isZero();
        return file.toString();
    }

    private static final class AskingForCertificates extends HttpsConfigurator {
        AskingForCertificates(SSLContext context) {
            super(context);
        }

        @Override
        public void configure(HttpsParameters parameters) {
            SSLParameters tls = getSSLContext().getDefaultSSLParameters();
            tls.setNeedClientAuth(true);
            parameters.setSSLParameters(tls);
        }
    }
}
