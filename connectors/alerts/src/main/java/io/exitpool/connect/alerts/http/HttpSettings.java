package io.exitpool.connect.alerts.http;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;

/**
 * How a peer is reached.
 *
 * @param connectTimeout for the connection alone
 * @param requestTimeout for a request from its start to the end of its answer
 * @param authorization the value of that header
 * @param tls empty for the JVM's own, with its trust store
 */
public record HttpSettings(
        Duration connectTimeout,
        Duration requestTimeout,
        Optional<String> authorization,
        Optional<SSLContext> tls) {

    public static final String CONNECT_TIMEOUT = "http.connect.timeout.ms";
    public static final String REQUEST_TIMEOUT = "http.request.timeout.ms";
    public static final String USER = "auth.basic.username";
    public static final String PASSWORD = "auth.basic.password";
    public static final String TOKEN = "auth.bearer.token";

    private static final String GROUP = "HTTP";

    /** Adds the settings of this class. */
    public static ConfigDef define(ConfigDef def) {
        def.define(
                        CONNECT_TIMEOUT,
                        Type.INT,
                        5_000,
                        Range.between(1, 60_000),
                        Importance.LOW,
                        "How long a connection may take to be made, in milliseconds.",
                        GROUP,
                        1,
                        ConfigDef.Width.SHORT,
                        "Connect time-out")
                .define(
                        REQUEST_TIMEOUT,
                        Type.INT,
                        10_000,
                        Range.between(1, 60_000),
                        Importance.LOW,
                        "How long a request may take until its answer was read, in milliseconds.",
                        GROUP,
                        2,
                        ConfigDef.Width.SHORT,
                        "Request time-out")
                .define(
                        USER,
                        Type.STRING,
                        null,
                        Importance.MEDIUM,
                        "User name for HTTP basic authentication; needs " + PASSWORD + ".",
                        GROUP,
                        3,
                        ConfigDef.Width.MEDIUM,
                        "User")
                .define(
                        PASSWORD,
                        Type.PASSWORD,
                        null,
                        Importance.MEDIUM,
                        "Password for HTTP basic authentication; needs " + USER + ".",
                        GROUP,
                        4,
                        ConfigDef.Width.MEDIUM,
                        "Password")
                .define(
                        TOKEN,
                        Type.PASSWORD,
                        null,
                        Importance.MEDIUM,
                        "Bearer token for the Authorization header, instead of user and password.",
                        GROUP,
                        5,
                        ConfigDef.Width.MEDIUM,
                        "Token");
        return TlsStores.define(def);
    }

    /**
     * Reads the settings, and the key stores that they name.
     *
     * @throws ConfigException if they contradict each other or a store cannot be read
     */
    public static HttpSettings of(AbstractConfig config) {
        return new HttpSettings(
                Duration.ofMillis(config.getInt(CONNECT_TIMEOUT)),
                Duration.ofMillis(config.getInt(REQUEST_TIMEOUT)),
                authorization(config),
                TlsStores.context(config));
    }

    /**
     * An address of the peer.
     *
     * @throws ConfigException that names the setting, unless it is an http or https address of a
     *     host, without credentials in it
     */
    public static URI uri(String name, String value) {
        URI uri;
        try {
            uri = URI.create(value);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(name + " is not an address: " + e.getMessage());
        }
        boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        if (!http || uri.getHost() == null) {
            throw new ConfigException(
                    name + " must be like https://host:port/path, not '" + value + "'");
        }
        if (uri.getUserInfo() != null) {
            throw new ConfigException(
                    name + " must not carry credentials: use " + USER + " or " + TOKEN);
        }
        return uri;
    }

    /** Scheme, host and port: paths of webhooks may be secret, and must not reach a log. */
    public static String origin(URI uri) {
        return uri.getScheme() + "://" + uri.getAuthority();
    }

    /**
     * Refuses headers that cannot be sent.
     *
     * @throws ConfigException that names the header
     */
    public static void checkHeaders(String prefix, Map<String, String> headers) {
        headers.forEach(
                (name, value) -> {
                    try {
                        HttpRequest.newBuilder().header(name, value);
                    } catch (IllegalArgumentException e) {
                        throw new ConfigException(
                                prefix + name + " cannot be sent as a header; choose another name");
                    }
                });
    }

    /** Keeps credentials out of logs. */
    @Override
    public String toString() {
        return "HttpSettings[connectTimeout=%s, requestTimeout=%s, authorization=%s, tls=%s]"
                .formatted(
                        connectTimeout,
                        requestTimeout,
                        authorization.isPresent() ? "hidden" : "none",
                        tls.isPresent() ? "own stores" : "the JVM's");
    }

    private static Optional<String> authorization(AbstractConfig config) {
        String user = config.getString(USER);
        boolean password = config.getPassword(PASSWORD) != null;
        boolean token = config.getPassword(TOKEN) != null;
        if ((user != null) != password) {
            throw new ConfigException(USER + " and " + PASSWORD + " need each other: set both");
        }
        if (password && token) {
            throw new ConfigException("Set " + TOKEN + " or " + USER + ", not both");
        }
        if (token) {
            return Optional.of("Bearer " + config.getPassword(TOKEN).value());
        }
        if (password) {
            String pair = user + ":" + config.getPassword(PASSWORD).value();
            byte[] bytes = pair.getBytes(StandardCharsets.UTF_8);
            return Optional.of("Basic " + Base64.getEncoder().encodeToString(bytes));
        }
        return Optional.empty();
    }
}
