package io.exitpool.schemas.connection;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.exitpool.schemas.topic.TopicDefinition;
import io.exitpool.schemas.topic.TopicDefinitions;
import io.exitpool.schemas.wire.Wire;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Where Kafka and the schema registry are and how to speak to them: a checked, immutable set of
 * settings that every client of the project is configured from. Everything under {@code kafka.}
 * goes to every Kafka client, except what correctness depends on, which is refused here rather than
 * overridden in silence.
 */
public final class Connection {

    public static final String BOOTSTRAP_SERVERS = "bootstrap.servers";
    public static final String REGISTRY_URL = "schema.registry.url";
    public static final String AUTO_REGISTER = "auto.register.schemas";

    /** Prefix of what is passed to every Kafka client. */
    public static final String KAFKA_PREFIX = "kafka.";

    /** Prefix of what is passed to the registry's client. */
    public static final String REGISTRY_PREFIX = "schema.registry.";

    static final Map<String, String> DEFAULTS =
            Map.of(
                    BOOTSTRAP_SERVERS, "localhost:9092",
                    REGISTRY_URL, "http://localhost:8081",
                    AUTO_REGISTER, "false");

    /** What the pools' correctness depends on. */
    private static final Set<String> FIXED =
            Set.of(
                    ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                    ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                    ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                    ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                    ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                    ProducerConfig.ACKS_CONFIG,
                    ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
                    ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
                    ProducerConfig.PARTITIONER_CLASS_CONFIG,
                    ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG,
                    ProducerConfig.TRANSACTIONAL_ID_CONFIG);

    private final Map<String, String> settings;

    private Connection(Map<String, String> settings) {
        this.settings = settings;
    }

    /**
     * A connection with these settings, and the defaults for what they leave out.
     *
     * @throws IllegalArgumentException for a key that no connection has, or a value that cannot be
     */
    public static Connection of(Map<String, String> settings) {
        Map<String, String> all = new TreeMap<>(DEFAULTS);
        all.putAll(settings);
        all.forEach(Connection::check);
        RegistrySettings.check(all);
        return new Connection(Map.copyOf(all));
    }

    /** Whether a connection has this key; a file may hold other keys for other readers. */
    public static boolean isKey(String key) {
        return DEFAULTS.containsKey(key)
                || key.startsWith(KAFKA_PREFIX)
                || key.startsWith(REGISTRY_PREFIX);
    }

    /** The same connection with one setting more, or another one. */
    public Connection with(String key, String value) {
        Map<String, String> changed = new HashMap<>(settings);
        changed.put(key, value);
        return of(changed);
    }

    public String bootstrapServers() {
        return settings.get(BOOTSTRAP_SERVERS);
    }

    /** The registry's address, or addresses separated by commas, to be shown: no credentials. */
    public String registryUrl() {
        return Secrets.masked(REGISTRY_URL, settings.get(REGISTRY_URL));
    }

    public boolean autoRegister() {
        return Boolean.parseBoolean(settings.get(AUTO_REGISTER));
    }

    /** Settings of an admin client, a map of the caller's own. */
    public Map<String, Object> admin() {
        return kafka(AdminClientConfig.configNames());
    }

    /**
     * Settings of a consumer without its deserializers: committed records only, and no offset made
     * up when there is none; a map of the caller's own.
     */
    public Map<String, Object> consumer() {
        Map<String, Object> consumer = new HashMap<>();
        consumer.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        // A misspelt topic is an error, not a new topic with a broker's defaults.
        consumer.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        consumer.putAll(kafka(ConsumerConfig.configNames()));
        consumer.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        consumer.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        return consumer;
    }

    /**
     * Settings of a producer without its serializers: idempotent, acknowledged by all in-sync
     * replicas, and able to send the largest record of any topic; a map of the caller's own.
     */
    public Map<String, Object> producer() {
        Map<String, Object> producer = new HashMap<>();
        producer.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, String.valueOf(largestMessage()));
        producer.putAll(kafka(ProducerConfig.configNames()));
        producer.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        producer.put(ProducerConfig.ACKS_CONFIG, "all");
        return producer;
    }

    /**
     * Everything under {@code kafka.}, without the prefix, for a client that this class has not.
     */
    public Map<String, Object> kafka() {
        Map<String, Object> kafka = new HashMap<>();
        settings.forEach(
                (key, value) -> {
                    if (key.startsWith(KAFKA_PREFIX)) {
                        kafka.put(key.substring(KAFKA_PREFIX.length()), value);
                    }
                });
        kafka.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers());
        return kafka;
    }

    /** A new client of the registry. It holds no connection open and need not be closed. */
    public SchemaRegistryClient registry() {
        return RegistrySettings.client(settings);
    }

    /**
     * A new wire on a new registry client, for programs that run for good: it waits for a registry
     * that is down. The caller closes it.
     */
    public Wire wire() {
        return new Wire(registry(), autoRegister());
    }

    /**
     * A new wire for commands that end: it waits so long for a registry that is down, then fails.
     */
    public Wire wire(Duration patience) {
        return new Wire(registry(), autoRegister(), patience);
    }

    /**
     * The settings without secrets: keys that say so, and credentials in an address, are masked.
     */
    @Override
    public String toString() {
        Map<String, String> shown = new TreeMap<>();
        settings.forEach((key, value) -> shown.put(key, Secrets.masked(key, value)));
        return shown.toString();
    }

    /** Leaves out what only other kinds of client know, so that they do not warn about it. */
    private Map<String, Object> kafka(Set<String> known) {
        Map<String, Object> kafka = kafka();
        kafka.keySet().removeIf(key -> !known.contains(key) && isKafkas(key));
        return kafka;
    }

    private static boolean isKafkas(String key) {
        return AdminClientConfig.configNames().contains(key)
                || ConsumerConfig.configNames().contains(key)
                || ProducerConfig.configNames().contains(key);
    }

    private static int largestMessage() {
        return TopicDefinitions.load().stream()
                .mapToInt(TopicDefinition::maxMessageBytes)
                .max()
                .orElseThrow();
    }

    private static void check(String key, String value) {
        if (value == null || value.isBlank() && DEFAULTS.containsKey(key)) {
            throw new IllegalArgumentException(key + " is empty");
        }
        if (!isKey(key)) {
            throw new IllegalArgumentException(
                    "unknown setting "
                            + key
                            + ": a connection has "
                            + String.join(", ", new TreeMap<>(DEFAULTS).keySet())
                            + ", schema.registry.* and kafka.*");
        }
        if (key.equals(AUTO_REGISTER) && !value.equals("true") && !value.equals("false")) {
            throw new IllegalArgumentException(key + " must be true or false, not " + value);
        }
        if (key.startsWith(KAFKA_PREFIX)) {
            checkKafka(key.substring(KAFKA_PREFIX.length()));
        }
    }

    private static void checkKafka(String key) {
        if (key.equals(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG)) {
            throw new IllegalArgumentException(
                    "write " + BOOTSTRAP_SERVERS + " instead of " + KAFKA_PREFIX + key);
        }
        if (FIXED.contains(key)) {
            throw new IllegalArgumentException(
                    KAFKA_PREFIX
                            + key
                            + " cannot be set: the pools' correctness depends on it. Leave it out");
        }
    }
}
