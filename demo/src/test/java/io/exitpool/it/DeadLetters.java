package io.exitpool.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.exitpool.schemas.connection.Connection;
import io.exitpool.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Finds the dead letter of a record by its headers. */
final class DeadLetters {
    private static final TopicPartition ONLY = new TopicPartition(Topics.DEAD_LETTERS, 0);

    private final Connection connection;

    DeadLetters(Connection connection) {
        // A consumer that closes waits for the fetch under way.
        this.connection = connection.with("kafka.fetch.max.wait.ms", "100");
    }

    /** Waits for the dead letter that this record became; there must be one of it. */
    ConsumerRecord<byte[], byte[]> await(RecordMetadata record) {
        Waiting.until(
                "a dead letter of " + record + " " + record.topic(),
                () -> find(record).isPresent());
        return find(record).orElseThrow();
    }

    Optional<ConsumerRecord<byte[], byte[]>> find(RecordMetadata record) {
        List<ConsumerRecord<byte[], byte[]>> found =
                all().stream()
                        .filter(letter -> header(letter, "exitpool.topic").equals(record.topic()))
                        .filter(
                                letter ->
                                        header(letter, "exitpool.partition")
                                                .equals(String.valueOf(record.partition())))
                        .filter(
                                letter ->
                                        header(letter, "exitpool.offset")
                                                .equals(String.valueOf(record.offset())))
                        .toList();
        assertThat(found).hasSizeLessThanOrEqualTo(1);
        return found.stream().findFirst();
    }

    static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
        Header header = letter.headers().lastHeader(name);
        assertThat(header).as(name).isNotNull();
        return new String(header.value(), UTF_8);
    }

    private List<ConsumerRecord<byte[], byte[]>> all() {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        connection.consumer(),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            consumer.assign(List.of(ONLY));
            consumer.seekToBeginning(List.of(ONLY));
            long end = consumer.endOffsets(List.of(ONLY)).get(ONLY);
            List<ConsumerRecord<byte[], byte[]>> letters = new ArrayList<>();
            while (consumer.position(ONLY) < end) {
                consumer.poll(Duration.ofMillis(500)).forEach(letters::add);
            }
            return letters;
        }
    }
}
