package io.exitpool.bench.leases;

import io.exitpool.schemas.Decision;
import io.exitpool.schemas.connection.Connection;
import io.exitpool.schemas.topic.Topics;
import io.exitpool.schemas.wire.Wire;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads decisions as agents do, once they are committed, from those on that are made after it was
 * opened. Listeners hear of each on the tap's own thread.
 */
public final class DecisionTap implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Hears of decisions. */
    public interface Listener {
        /**
         * @param arrivedAt {@link System#nanoTime} when the consumer returned it
         */
        void decided(int partition, Decision decision, long arrivedAt);
    }

    private final Wire wire;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Deserializer<Decision> decisions;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
    private final Thread thread = new Thread(this::read, "decisions");

    private int partitions;

    private DecisionTap(Connection connection) {
        wire = connection.wire(PATIENCE);
        decisions = wire.serde(Topics.DECISIONS).deserializer();
        consumer =
                new KafkaConsumer<>(
                        connection.consumer(),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
    }

    public static DecisionTap open(Connection connection) {
        DecisionTap tap = new DecisionTap(connection);
        try {
            tap.seekToEnd();
        } catch (RuntimeException e) {
            tap.consumer.close();
            tap.wire.close();
            throw e;
        }
        tap.thread.start();
        return tap;
    }

    /** Partitions of every topic that is keyed by server. */
    public int partitions() {
        return partitions;
    }

    public void add(Listener listener) {
        listeners.add(listener);
    }

    public void remove(Listener listener) {
        listeners.remove(listener);
    }

    /** Throws what ended the reading, if something did. */
    public void check() {
        RuntimeException e = failure.get();
        if (e != null) {
            throw new IllegalStateException("decisions are no longer read", e);
        }
    }

    @Override
    public void close() {
        consumer.wakeup();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void seekToEnd() {
        List<TopicPartition> all =
                consumer.partitionsFor(Topics.DECISIONS.name()).stream()
                        .map(info -> new TopicPartition(info.topic(), info.partition()))
                        .toList();
        partitions = all.size();
        consumer.assign(all);
        consumer.seekToEnd(all);
        // Seeking is put off until the position is asked for.
        all.forEach(consumer::position);
    }

    private void read() {
        try {
            while (true) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    tell(record, System.nanoTime());
                }
            }
        } catch (WakeupException e) {
            // It was closed.
        } catch (RuntimeException e) {
            failure.set(e);
        } finally {
            consumer.close();
            wire.close();
        }
    }

    private void tell(ConsumerRecord<byte[], byte[]> record, long arrivedAt) {
        Decision decision = decisions.deserialize(record.topic(), record.value());
        for (Listener listener : listeners) {
            listener.decided(record.partition(), decision, arrivedAt);
        }
    }
}
