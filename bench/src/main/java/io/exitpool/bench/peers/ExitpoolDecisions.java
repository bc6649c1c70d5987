package io.exitpool.bench.peers;

import io.exitpool.bench.load.FleetShape;
import io.exitpool.schemas.Decision;
import io.exitpool.schemas.Granted;
import io.exitpool.schemas.RejectCause;
import io.exitpool.schemas.Rejected;
import io.exitpool.schemas.ReleaseCause;
import io.exitpool.schemas.Released;
import io.exitpool.schemas.connection.Connection;
import io.exitpool.schemas.topic.Topics;
import io.exitpool.schemas.wire.Wire;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads every committed decision from the log's beginning and hands each to the client that owns
 * its server. What it has read is the log: its number is compared with the answers in the end.
 */
final class ExitpoolDecisions implements AutoCloseable {

    /** One decision, as the client's trace would put it. */
    record Told(Step step, int slot) {}

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Wire wire;
    private final Deserializer<Decision> decisions;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<String, Integer> servers = new HashMap<>();
    private final List<BlockingQueue<List<Told>>> clients = new ArrayList<>();
    private final Thread thread = new Thread(this::read, "bench-decisions");
    private long count;
    private volatile RuntimeException failure;

    private ExitpoolDecisions(Connection connection, FleetShape shape, int clients) {
        for (int i = 0; i < shape.servers(); i++) {
            servers.put(shape.pools().get(i).server(), i);
        }
        for (int i = 0; i < clients; i++) {
            this.clients.add(new LinkedBlockingQueue<>());
        }
        wire = connection.wire(PATIENCE);
        decisions = wire.serde(Topics.DECISIONS).deserializer();
        consumer =
                new KafkaConsumer<>(
                        connection.consumer(),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
    }

    static ExitpoolDecisions open(Connection connection, FleetShape shape, int clients) {
        ExitpoolDecisions decisions = new ExitpoolDecisions(connection, shape, clients);
        List<TopicPartition> all =
                decisions.consumer.partitionsFor(Topics.DECISIONS.name()).stream()
                        .map(info -> new TopicPartition(info.topic(), info.partition()))
                        .toList();
        decisions.consumer.assign(all);
        decisions.consumer.seekToBeginning(all);
        decisions.thread.start();
        return decisions;
    }

    /** The next decisions on a client's servers, at least one. */
    List<Told> take(int client) {
        try {
            List<Told> told = clients.get(client).poll(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
            check();
            if (told == null) {
                throw new PeerException("no decision came for " + PATIENCE.toSeconds() + " s");
            }
            return told;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PeerException("interrupted", e);
        }
    }

    private void read() {
        try {
            while (true) {
                handOut(consumer.poll(POLL));
            }
        } catch (WakeupException e) {
            // It was stopped: what is left is read by whoever stopped it.
            return;
        } catch (RuntimeException e) {
            failure = e;
            clients.forEach(queue -> queue.add(List.of()));
        }
    }

    private void handOut(ConsumerRecords<byte[], byte[]> records) {
        Map<Integer, List<Told>> parts = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            int server = servers.get(new String(record.key(), StandardCharsets.UTF_8));
            parts.computeIfAbsent(server % clients.size(), client -> new ArrayList<>())
                    .add(told(server, decisions.deserialize(record.topic(), record.value())));
            count++;
        }
        parts.forEach((client, told) -> clients.get(client).add(told));
    }

    private static Told told(int server, Decision decision) {
        UUID session = ExitpoolAgents.uuid(decision.getSession());
        Object outcome = decision.getOutcome();
        if (outcome instanceof Granted granted) {
            return new Told(new Step(server, session, Step.Kind.START), granted.getSlot());
        }
        if (outcome instanceof Rejected rejected && rejected.getCause() == RejectCause.EXHAUSTED) {
            return new Told(new Step(server, session, Step.Kind.START), Answers.NONE);
        }
        if (outcome instanceof Released released && released.getCause() == ReleaseCause.ENDED) {
            return new Told(new Step(server, session, Step.Kind.END), released.getSlot());
        }
        throw new PeerException("a decision that no step asked for: " + outcome.getClass());
    }

    private void check() {
        RuntimeException e = failure;
        if (e != null) {
            throw new PeerException("decisions can no longer be read", e);
        }
    }

    /**
     * Reads on to the log's end, and then how many decisions there are. Nothing is told after it.
     */
    long countToEnd() {
        stop();
        check();
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        while (ends.entrySet().stream()
                .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            handOut(consumer.poll(POLL));
        }
        return count;
    }

    private void stop() {
        if (thread.isAlive()) {
            consumer.wakeup();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PeerException("interrupted", e);
        }
    }

    @Override
    public void close() {
        stop();
        consumer.close();
        wire.close();
    }
}
