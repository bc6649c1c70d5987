package io.exitpool.streams.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which of Kafka's own keys may not pass through {@code kafka.}, and why. A key that is silently
 * overridden is believed by the operator who set it; so it is refused.
 */
final class KafkaKeys {
    private static final List<String> PREFIXES =
            List.of(
                    "main.consumer.",
                    "restore.consumer.",
                    "global.consumer.",
                    "consumer.",
                    "producer.",
                    "admin.");

    private static final String OWN = "set %s without kafka.";
    private static final String ONCE =
            "a decision is neither lost nor written twice only with Exitpool's value";
    private static final String BAD_RECORDS =
            "bad records go to exit-dead-letters, and nothing else is skipped";
    private static final String SERIALIZED =
            "keys are servers' names and values Avro, which Exitpool reads itself";
    private static final String STORE = "the store's shape and memory are Exitpool's design";

    private static final Map<String, String> REASONS =
            Stream.of(
                            reason(
                                    OWN,
                                    "bootstrap.servers",
                                    "state.dir",
                                    "num.stream.threads",
                                    "processing.guarantee",
                                    "commit.interval.ms",
                                    "num.standby.replicas",
                                    "group.instance.id",
                                    "session.timeout.ms",
                                    "replication.factor"),
                            reason(
                                    "it names the group, the changelog and the transactions; with"
                                            + " another one every pool begins anew",
                                    "application.id",
                                    "group.id",
                                    "transactional.id"),
                            reason(
                                    ONCE,
                                    "acks",
                                    "enable.idempotence",
                                    "isolation.level",
                                    "enable.auto.commit",
                                    "auto.offset.reset"),
                            reason(
                                    BAD_RECORDS,
                                    "deserialization.exception.handler",
                                    "default.deserialization.exception.handler",
                                    "processing.exception.handler",
                                    "processing.exception.handler.global.enabled",
                                    "production.exception.handler",
                                    "default.production.exception.handler",
                                    "errors.dead.letter.queue.topic.name"),
                            reason(
                                    SERIALIZED,
                                    "key.serializer",
                                    "value.serializer",
                                    "key.deserializer",
                                    "value.deserializer",
                                    "default.key.serde",
                                    "default.value.serde"),
                            reason(
                                    "a server's records belong on its name's partition (murmur2)",
                                    "partitioner.class",
                                    "partitioner.ignore.keys"),
                            reason(
                                    "the largest configuration must pass, with its dead letter",
                                    "max.request.size"),
                            reason(
                                    "the records' append time is the pools' clock",
                                    "default.timestamp.extractor"),
                            reason(
                                    STORE,
                                    "rocksdb.config.setter",
                                    "statestore.cache.max.bytes",
                                    "cache.max.bytes.buffering",
                                    "default.dsl.store",
                                    "dsl.store.suppliers.class",
                                    "dsl.store.format",
                                    "processor.wrapper.class",
                                    "topology.optimization",
                                    "ensure.explicit.internal.resource.naming"))
                    .flatMap(reasons -> reasons.entrySet().stream())
                    .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private KafkaKeys() {}

    /**
     * @param kafka what was set under {@code kafka.}, without the prefix, and {@code
     *     bootstrap.servers}, which was not
     */
    static void check(Map<String, Object> kafka, boolean named, boolean standbys) {
        for (String key : kafka.keySet()) {
            if (!key.equals("bootstrap.servers")) {
                refusal(key).ifPresent(why -> refuse(key, why));
            }
        }
        boolean streamsProtocol =
                "streams".equalsIgnoreCase(String.valueOf(kafka.get("group.protocol")));
        if (streamsProtocol && named) {
            refuse("group.protocol", "streams has no static membership: leave group.instance.id");
        }
        if (streamsProtocol && standbys) {
            refuse(
                    "group.protocol",
                    "with streams, standbys are a setting of the group on the brokers");
        }
    }

    /** Why the key may not be set, if it may not. */
    static Optional<String> refusal(String key) {
        String bare =
                PREFIXES.stream()
                        .filter(key::startsWith)
                        .findFirst()
                        .map(prefix -> key.substring(prefix.length()))
                        .orElse(key);
        return Optional.ofNullable(REASONS.get(bare));
    }

    /** Every refused key with its reason, for the documentation. */
    static Map<String, String> reasons() {
        return REASONS;
    }

    private static void refuse(String key, String why) {
        throw new InvalidSettingException("kafka." + key + " cannot be set: " + why);
    }

    private static Map<String, String> reason(String why, String... keys) {
        return Stream.of(keys).collect(Collectors.toMap(key -> key, why::formatted));
    }
}
