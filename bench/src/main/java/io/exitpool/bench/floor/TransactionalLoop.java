package io.exitpool.bench.floor;

import io.exitpool.bench.jvm.Child;
import io.exitpool.bench.load.Event;
import io.exitpool.bench.load.EventWriter;
import io.exitpool.bench.stack.App;
import io.exitpool.bench.stack.AppMain;
import io.exitpool.bench.stack.Broker;
import io.exitpool.schemas.connection.Connection;
import io.exitpool.schemas.wire.Wire;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The floor of latency: consume, process, produce as Kafka's own clients do it exactly once, with
 * nothing in the middle. One thread takes what a poll returns, answers each start and each end with
 * a decision that says nothing of worth, and commits answers and offsets together. It keeps no
 * state and writes no rows: whoever does cannot be faster.
 */
public final class TransactionalLoop {
    private static final String EVENTS = "events";
    private static final String ANSWERS = "answers";
    private static final String GROUP = "group";

    /** The same at each start, so that a successor ends what its predecessor left open. */
    private static final String TRANSACTIONAL_ID = "bench-loop";

    private static final Duration POLL = Duration.ofMillis(100);

    private final Consumer<byte[], byte[]> consumer;
    private final Producer<byte[], byte[]> producer;
    private final String answers;
    private final Samples samples;

    private TransactionalLoop(Map<String, String> settings) {
        Connection connection = connection(settings);
        consumer = consumer(connection, settings.get(GROUP));
        producer = producer(connection);
        answers = settings.get(ANSWERS);
        try (Wire wire = connection.wire()) {
            samples = Samples.encode(wire);
        }
        producer.initTransactions();
        consumer.subscribe(List.of(settings.get(EVENTS)));
    }

    /**
     * Starts one in a Java machine of its own and waits until it answers what comes from then on.
     *
     * @param directory beside which its log is kept, with {@code .log} after its name
     */
    public static App start(Broker broker, Path directory, String events, String answers) {
        App app =
                App.launch(
                        "the loop",
                        TransactionalLoop.class,
                        broker,
                        directory,
                        Map.of(
                                EVENTS,
                                events,
                                ANSWERS,
                                answers,
                                // A new one each time: nobody waits for a member that is gone.
                                GROUP,
                                "bench-loop-" + System.nanoTime()),
                        List.of());
        app.awaitRunning();
        return app;
    }

    /** Takes settings. */
    public static void main(String[] args) {
        Child.endWithParent();
        TransactionalLoop loop = new TransactionalLoop(AppMain.settings(args));
        loop.join();
        AppMain.sayRunning();
        loop.run();
    }

    /** Waits for its partitions, and for its place in each. */
    private void join() {
        while (consumer.assignment().isEmpty()) {
            answer(consumer.poll(POLL));
        }
        consumer.assignment().forEach(consumer::position);
    }

    /** Until the process ends. */
    private void run() {
        while (!Thread.currentThread().isInterrupted()) {
            answer(consumer.poll(POLL));
        }
    }

    private void answer(ConsumerRecords<byte[], byte[]> events) {
        if (events.isEmpty()) {
            return;
        }
        producer.beginTransaction();
        for (ConsumerRecord<byte[], byte[]> event : events) {
            answer(event);
        }
        // Without it 8 % of the offsets' commits are refused at first and retried after 100 ms.
        producer.flush();
        producer.sendOffsetsToTransaction(events.nextOffsets(), consumer.groupMetadata());
        producer.commitTransaction();
    }

    /** Of other events, none: Exitpool, too, answers no duplicate and no snapshot that is right. */
    private void answer(ConsumerRecord<byte[], byte[]> event) {
        byte kind = event.headers().lastHeader(EventWriter.KIND).value()[0];
        if (kind == Event.Kind.START.code()) {
            send(event, samples.granted(event.value()));
        } else if (kind == Event.Kind.END.code()) {
            send(event, samples.released(event.value()));
        }
    }

    private void send(ConsumerRecord<byte[], byte[]> event, byte[] answer) {
        producer.send(
                new ProducerRecord<>(
                        answers, event.partition(), event.timestamp(), event.key(), answer));
    }

    private static Connection connection(Map<String, String> settings) {
        return Connection.of(
                settings.entrySet().stream()
                        .filter(setting -> Connection.isKey(setting.getKey()))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    private static Consumer<byte[], byte[]> consumer(Connection connection, String group) {
        Map<String, Object> config = new HashMap<>(connection.consumer());
        config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        return new KafkaConsumer<>(
                config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static Producer<byte[], byte[]> producer(Connection connection) {
        Map<String, Object> config = new HashMap<>(connection.producer());
        config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, TRANSACTIONAL_ID);
        config.put(ProducerConfig.LINGER_MS_CONFIG, "0");
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
