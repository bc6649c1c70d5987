package io.exitpool.schemas.connection;

import static io.exitpool.schemas.connection.Connection.REGISTRY_PREFIX;
import static io.exitpool.schemas.connection.Connection.REGISTRY_URL;

import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClientConfig;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClientFactory;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the registry's client from the settings under {@code schema.registry.}, whose names are the
 * client's own. A password or token is enough to be used: the client by itself ignores them without
 * a {@code credentials.source}, and then is refused.
 */
final class RegistrySettings {

    private static final int SCHEMAS_KEPT = 1_000;

    private static final String BASIC_SOURCE =
            SchemaRegistryClientConfig.BASIC_AUTH_CREDENTIALS_SOURCE;
    private static final String BASIC_USER = SchemaRegistryClientConfig.USER_INFO_CONFIG;
    private static final String BEARER_SOURCE =
            SchemaRegistryClientConfig.BEARER_AUTH_CREDENTIALS_SOURCE;
    private static final String BEARER_TOKEN = SchemaRegistryClientConfig.BEARER_AUTH_TOKEN_CONFIG;

    /** What the client knows, as prefixes where it has several. */
    private static final List<String> KNOWN =
            List.of(
                    "url",
                    BASIC_SOURCE,
                    BASIC_USER,
                    "bearer.auth.",
                    "ssl.",
                    "sasl.jaas.config",
                    "proxy.",
                    SchemaRegistryClientConfig.HTTP_CONNECT_TIMEOUT_MS,
                    SchemaRegistryClientConfig.HTTP_READ_TIMEOUT_MS);

    /**
     * Shorter than the client's minute: the caller tries again, and a command should not hang. The
     * ids that the registry does not know are remembered for a while, so that a flood of records
     * with a false id does not become a flood of questions.
     */
    private static final Map<String, Object> DEFAULTS =
            Map.of(
                    SchemaRegistryClientConfig.HTTP_CONNECT_TIMEOUT_MS,
                    "5000",
                    SchemaRegistryClientConfig.HTTP_READ_TIMEOUT_MS,
                    "10000",
                    SchemaRegistryClientConfig.MISSING_CACHE_SIZE_CONFIG,
                    10_000,
                    SchemaRegistryClientConfig.MISSING_ID_CACHE_TTL_CONFIG,
                    10L);

    private RegistrySettings() {}

    static void check(Map<String, String> settings) {
        for (String address : addresses(settings)) {
            checkAddress(address);
        }
        Map<String, String> registry = ofRegistry(settings);
        registry.forEach(RegistrySettings::checkSetting);
        if ("OAUTHBEARER".equals(registry.get(BEARER_SOURCE))
                || "SASL_OAUTHBEARER_INHERIT".equals(registry.get(BEARER_SOURCE))) {
            throw new IllegalArgumentException(
                    REGISTRY_PREFIX
                            + BEARER_SOURCE
                            + "="
                            + registry.get(BEARER_SOURCE)
                            + " is not supported by this build's registry client. Use STATIC_TOKEN"
                            + " with "
                            + REGISTRY_PREFIX
                            + BEARER_TOKEN
                            + ", or CUSTOM with a provider class of your own");
        }
        if (registry.containsKey(BASIC_SOURCE) && registry.containsKey(BEARER_SOURCE)) {
            throw new IllegalArgumentException(
                    "set either "
                            + REGISTRY_PREFIX
                            + "basic.auth.* or "
                            + REGISTRY_PREFIX
                            + "bearer.auth.*, not both");
        }
    }

    static SchemaRegistryClient client(Map<String, String> settings) {
        Map<String, String> registry = ofRegistry(settings);
        Map<String, Object> configs = new HashMap<>(DEFAULTS);
        configs.putAll(registry);
        // The client wants its TLS settings with the prefix and all others without.
        registry.forEach((key, value) -> configs.put(REGISTRY_PREFIX + key, value));
        return SchemaRegistryClientFactory.newClient(
                addresses(settings),
                SCHEMAS_KEPT,
                List.of(new AvroSchemaProvider()),
                configs,
                Map.of());
    }

    private static List<String> addresses(Map<String, String> settings) {
        return List.of(settings.get(REGISTRY_URL).trim().split("\\s*,\\s*"));
    }

    private static Map<String, String> ofRegistry(Map<String, String> settings) {
        Map<String, String> registry = new HashMap<>();
        settings.forEach(
                (key, value) -> {
                    if (key.startsWith(REGISTRY_PREFIX) && !key.equals(REGISTRY_URL)) {
                        registry.put(key.substring(REGISTRY_PREFIX.length()), value);
                    }
                });
        if (registry.containsKey(BASIC_USER)) {
            registry.putIfAbsent(BASIC_SOURCE, "USER_INFO");
        } else if (settings.get(REGISTRY_URL).contains("@")) {
            registry.putIfAbsent(BASIC_SOURCE, "URL");
        }
        if (registry.containsKey(BEARER_TOKEN)) {
            registry.putIfAbsent(BEARER_SOURCE, "STATIC_TOKEN");
        }
        return registry;
    }

    private static void checkSetting(String key, String value) {
        if (KNOWN.stream()
                .noneMatch(
                        known -> known.endsWith(".") ? key.startsWith(known) : key.equals(known))) {
            throw new IllegalArgumentException(
                    "unknown setting "
                            + REGISTRY_PREFIX
                            + key
                            + ": the registry's client has "
                            + REGISTRY_PREFIX
                            + "basic.auth.*, bearer.auth.*, ssl.*, proxy.*, http.*.timeout.ms");
        }
        if (key.endsWith("timeout.ms") && !value.matches("[1-9][0-9]{0,8}")) {
            throw new IllegalArgumentException(
                    REGISTRY_PREFIX + key + " must be a number of milliseconds, not " + value);
        }
    }

    private static void checkAddress(String address) {
        String scheme;
        try {
            scheme = URI.create(address).getScheme();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    REGISTRY_URL + " is not an address: " + Secrets.masked(REGISTRY_URL, address),
                    e);
        }
        // mock: the client's own registry in memory, which its users know from tests.
        if (scheme == null || !List.of("http", "https", "mock").contains(scheme)) {
            throw new IllegalArgumentException(
                    REGISTRY_URL
                            + " must begin with http:// or https://, not "
                            + Secrets.masked(REGISTRY_URL, address));
        }
    }
}
