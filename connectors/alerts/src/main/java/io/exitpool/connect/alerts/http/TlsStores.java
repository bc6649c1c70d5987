package io.exitpool.connect.alerts.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/**
 * Certificates of one's own: whom to trust, and who one is. What is not set is the JVM's. The
 * host's name is always checked against the peer's certificate.
 */
final class TlsStores {
    static final String TRUST_STORE = "ssl.truststore";
    static final String KEY_STORE = "ssl.keystore";

    private static final String LOCATION = ".location";
    private static final String PASSWORD = ".password";
    private static final String TYPE = ".type";

    private TlsStores() {}

    static ConfigDef define(ConfigDef def) {
        define(def, TRUST_STORE, "the certificates to trust; the JVM's own when not set", 0);
        return define(def, KEY_STORE, "the certificate and key to show to the peer", 3);
    }

    /**
     * Empty when nothing is set.
     *
     * @throws ConfigException if a store cannot be read
     */
    static Optional<SSLContext> context(AbstractConfig config) {
        Optional<KeyStore> trust = load(config, TRUST_STORE);
        Optional<KeyStore> keys = load(config, KEY_STORE);
        if (trust.isEmpty() && keys.isEmpty()) {
            return Optional.empty();
        }
        try {
            TrustManagerFactory trusted =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trusted.init(trust.orElse(null));
            KeyManagerFactory own =
                    KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            own.init(keys.orElse(null), password(config, KEY_STORE));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
            return Optional.of(context);
        } catch (GeneralSecurityException e) {
            throw new ConfigException(
                    TRUST_STORE + " and " + KEY_STORE + " cannot be used: " + e.getMessage());
        }
    }

    private static ConfigDef define(ConfigDef def, String store, String holds, int order) {
        return def.define(
                        store + LOCATION,
                        Type.STRING,
                        null,
                        Importance.LOW,
                        "File with " + holds + ".",
                        "TLS",
                        order + 1,
                        ConfigDef.Width.LONG,
                        store + " file")
                .define(
                        store + PASSWORD,
                        Type.PASSWORD,
                        null,
                        Importance.LOW,
                        "Password of " + store + LOCATION + ", and of the keys in it.",
                        "TLS",
                        order + 2,
                        ConfigDef.Width.MEDIUM,
                        store + " password")
                .define(
                        store + TYPE,
                        Type.STRING,
                        "PKCS12",
                        ConfigDef.ValidString.in("PKCS12", "JKS"),
                        Importance.LOW,
                        "Format of " + store + LOCATION + ".",
                        "TLS",
                        order + 3,
                        ConfigDef.Width.SHORT,
                        store + " format");
    }

    private static Optional<KeyStore> load(AbstractConfig config, String store) {
        String location = config.getString(store + LOCATION);
        if (location == null) {
            return Optional.empty();
        }
        try (InputStream file = Files.newInputStream(Path.of(location))) {
            KeyStore loaded = KeyStore.getInstance(config.getString(store + TYPE));
            loaded.load(file, password(config, store));
            return Optional.of(loaded);
        } catch (IOException | GeneralSecurityException e) {
            throw new ConfigException(
                    "%s: cannot read %s (%s); see whether the worker may read the file, and %s and %s"
                            .formatted(
                                    store + LOCATION, location, e, store + PASSWORD, store + TYPE));
        }
    }

    private static char[] password(AbstractConfig config, String store) {
        Password password = config.getPassword(store + PASSWORD);
        return password == null ? null : password.value().toCharArray();
    }
}
