package io.exitpool.it;

import io.exitpool.schemas.connection.Connection;
import io.exitpool.schemas.topic.Topic;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What somebody may try on a broker, with plain clients: it works, or says why it is denied. */
final class Attempts {
    static final Duration POLL = Duration.ofMillis(500);

    private static final int DENIED_WITHIN_MILLIS = 20_000;

    private Attempts() {}

    /** One record without a meaning. */
    static void write(Connection connection, String topic) throws Exception {
        Map<String, Object> config = connection.producer();
        config.put("max.block.ms", String.valueOf(DENIED_WITHIN_MILLIS));
        // Or whoever may write nowhere is denied that first, and not the topic.
        config.put("enable.idempotence", "false");
        try (KafkaProducer<byte[], byte[]> producer = producer(config)) {
            producer.send(new ProducerRecord<>(topic, 0, new byte[1], new byte[1])).get();
        }
    }

    /** How many records there are now in the first two partitions. */
    static long read(Connection connection, Topic<?> topic) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(connection.consumer())) {
            List<TopicPartition> partitions =
                    Stream.of(0, 1).map(i -> new TopicPartition(topic.name(), i)).toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            long records = 0;
            // Also of an empty topic something is fetched: who may write it may know its ends.
            do {
                records += consumer.poll(POLL).count();
            } while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p)));
            return records;
        }
    }

    /** Whether a broker speaks with this principal at all. */
    static boolean isAnswered(Connection connection) throws Exception {
        try (Admin admin = Admin.create(impatient(connection).admin())) {
            admin.describeCluster().nodes().get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthenticationException) {
                return false;
            }
            throw e;
        }
    }

    /** The same connection, for who expects to be refused. */
    static Connection impatient(Connection connection) {
        return connection
                .with("kafka.default.api.timeout.ms", "3000")
                .with("kafka.request.timeout.ms", "2000");
    }

    /** What is answered without TLS, until the other side hangs up or cuts the line. */
    static byte[] inTheClear(String address, byte[] request) throws IOException {
        String[] parts = address.split(":");
        try (Socket socket = new Socket(parts[0], Integer.parseInt(parts[1]))) {
            socket.setSoTimeout(DENIED_WITHIN_MILLIS);
            socket.getOutputStream().write(request);
            return socket.getInputStream().readAllBytes();
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (SocketException e) {
            return new byte[0];
        }
    }

    static KafkaConsumer<byte[], byte[]> consumer(Map<String, Object> config) {
        return new KafkaConsumer<>(
                config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    static KafkaProducer<byte[], byte[]> producer(Map<String, Object> config) {
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
