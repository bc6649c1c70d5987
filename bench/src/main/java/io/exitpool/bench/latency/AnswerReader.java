package io.exitpool.bench.latency;

import io.exitpool.schemas.Decision;
import io.exitpool.schemas.connection.Connection;
import io.exitpool.schemas.topic.Topics;
import io.exitpool.schemas.wire.Wire;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads a topic's committed answers as they appear, on a thread of its own that does nothing else.
 * An answer has arrived when the poll that brought it returns, before anything is decoded.
 */
final class AnswerReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final Wire wire;
    private final Deserializer<Decision> decisions;
    private final Recorder recorder;
    private final Consumer<byte[], byte[]> consumer;
    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
    private final Thread thread;

    /** Answers from now on are read. */
    AnswerReader(Connection connection, String topic, Recorder recorder) {
        wire = connection.wire();
        decisions = wire.serde(Topics.DECISIONS).deserializer();
        this.recorder = recorder;
        Map<String, Object> config = connection.consumer();
        config.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
        consumer =
                new KafkaConsumer<>(
                        config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions =
                consumer.partitionsFor(topic).stream()
                        .map(info -> new TopicPartition(topic, info.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        // Where the end is is asked only now.
        partitions.forEach(consumer::position);
        thread = new Thread(this::read, "bench-answers");
        thread.start();
    }

    /** Throws what ended the reading, if something did. */
    void check() {
        Optional.ofNullable(failure.get())
                .ifPresent(
                        e -> {
                            throw new IllegalStateException("answers are not read any more", e);
                        });
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
        consumer.close();
        wire.close();
    }

    private void read() {
        try {
            while (true) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                long at = Clock.SYSTEM.nanos();
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    Decision decision = decisions.deserialize(record.topic(), record.value());
                    recorder.answered(Answer.of(decision), at);
                }
            }
        } catch (WakeupException e) {
            // Closed.
        } catch (RuntimeException e) {
            failure.set(e);
        }
    }
}
