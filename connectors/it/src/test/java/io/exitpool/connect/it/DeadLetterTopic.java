package io.exitpool.connect.it;

import static org.awaitility.Awaitility.await;

import io.exitpool.schemas.connection.Connection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads what connectors set aside. */
final class DeadLetterTopic {

    private static final String NAME = "exit-connect-dead-letters";
    private static final String REASON = "__connect.errors.exception.message";

    private DeadLetterTopic() {}

    /** Waits for the dead letter of a key, and gives its reason. */
    static String awaitReason(Connection connection, String key) {
        Map<String, Object> settings = new HashMap<>(connection.admin());
        settings.put("group.id", "dead-letters-of-" + key.replace('/', '-'));
        settings.put("auto.offset.reset", "earliest");
        settings.put("allow.auto.create.topics", "false");
        settings.put("metadata.max.age.ms", "500");
        AtomicReference<Optional<String>> found = new AtomicReference<>(Optional.empty());
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(
                        settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(NAME));
            await("a dead letter of " + key)
                    .atMost(Duration.ofSeconds(60))
                    .pollInSameThread()
                    .until(
                            () -> {
                                consumer.poll(Duration.ofMillis(200))
                                        .forEach(
                                                record -> {
                                                    if (key.equals(record.key())) {
                                                        found.set(Optional.of(reason(record)));
                                                    }
                                                });
                                return found.get().isPresent();
                            });
        }
        return found.get().orElseThrow();
    }

    private static String reason(ConsumerRecord<String, byte[]> record) {
        Header header = record.headers().lastHeader(REASON);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
