package io.exitpool.demo.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.exitpool.demo.port.TakenPortException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalBrokerIT {

    private static final String TOPIC = "facts";
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);

    @TempDir private Path directory;

    @Test
    void shouldKeepCommittedRecordsAndItsAddressOverARestart() throws Exception {
        // given
        String address;
        try (LocalBroker broker = LocalBroker.start(directory, 0, Map.of())) {
            address = broker.bootstrapServers();
            createTopic(broker);
            write(broker, "committed", true);
            write(broker, "aborted", false);
        }

        // when
        try (LocalBroker broker = LocalBroker.start(directory, 0, Map.of())) {
            write(broker, "after the restart", true);

            // then
            assertThat(broker.bootstrapServers()).isEqualTo(address);
            assertThat(committed(broker, 2)).containsExactly("committed", "after the restart");
        }
    }

    @Test
    void shouldRefuseATakenPort() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            // given
            int port = taken.getLocalPort();

            // when, then
            assertThatThrownBy(() -> LocalBroker.start(directory, port, Map.of()))
                    .isInstanceOf(TakenPortException.class)
                    .hasMessage(
                            "port %d on 127.0.0.1 is taken: choose another one, or 0 for any free"
                                    + " one",
                            port);
        }
        // The refusal left nothing behind that keeps the next one from starting.
        LocalBroker.start(directory, 0, Map.of()).close();
    }

    @Test
    void shouldRefuseADirectoryInUse() {
        try (LocalBroker broker = LocalBroker.start(directory, 0, Map.of())) {
            assertThatThrownBy(() -> LocalBroker.start(directory, 0, Map.of()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("another broker is running there");
            assertThat(broker.bootstrapServers()).startsWith("127.0.0.1:");
        }
    }

    @Test
    void shouldRefuseSettingsThatAreItsOwn() {
        assertThatThrownBy(
                        () ->
                                LocalBroker.start(
                                        directory, 0, Map.of("listeners", "PLAINTEXT://:9092")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[listeners]");
    }

    private static void createTopic(LocalBroker broker) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
        }
    }

    private static void write(LocalBroker broker, String value, boolean commit) {
        Map<String, Object> config =
                Map.of(
                        "bootstrap.servers",
                        broker.bootstrapServers(),
                        "transactional.id",
                        "writer");
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(TOPIC, value));
            producer.flush();
            if (commit) {
                producer.commitTransaction();
            } else {
                producer.abortTransaction();
            }
        }
    }

    private static List<String> committed(LocalBroker broker, int count) {
        Map<String, Object> config =
                Map.of(
                        "bootstrap.servers",
                        broker.bootstrapServers(),
                        "isolation.level",
                        "read_committed");
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(PARTITION));
            consumer.seekToBeginning(List.of(PARTITION));
            long end = consumer.endOffsets(List.of(PARTITION)).get(PARTITION);
            while (consumer.position(PARTITION) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(one -> values.add(one.value()));
            }
        }
        assertThat(values).hasSize(count);
        return values;
    }
}
