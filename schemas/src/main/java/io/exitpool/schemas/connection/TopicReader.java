package io.exitpool.schemas.connection;

import io.exitpool.schemas.topic.Topic;
import io.exitpool.schemas.wire.UndecodableException;
import io.exitpool.schemas.wire.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads whole topics: all partitions, committed records only, without a consumer group, so that
 * looking at the topics disturbs nobody. What cannot be decoded is an entry too, because who checks
 * a topic must see it. A reader may be closed from any thread, which ends a poll under way.
 */
public final class TopicReader implements AutoCloseable {

    /** How long {@link #readToEnd} waits for a record, or the registry, before it calls it gone. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration POLL = Duration.ofMillis(500);

    /** A consumer that closes waits for the fetch under way: not half a second, the default. */
    private static final String FETCH_WAIT_MILLIS = "100";

    /** Where a reader begins. */
    public enum Start {
        /** The oldest record that the topic still has. */
        BEGINNING,
        /** The first record after those that the topic has when the reader is opened. */
        END
    }

    /**
     * One record.
     *
     * @param timestamp milliseconds since 1970, the broker's or the writer's as the topic has it
     * @param key null for a record without one
     * @param value null for a tombstone, and for what could not be decoded
     * @param undecodable why there is no value though the record has one
     */
    public record Entry<T extends SpecificRecord>(
            String topic,
            int partition,
            long offset,
            long timestamp,
            String key,
            T value,
            Optional<UndecodableException> undecodable) {

        public Entry {
            Objects.requireNonNull(topic, "topic");
            Objects.requireNonNull(undecodable, "undecodable");
        }

        /** The record says that its key is gone. */
        public boolean isTombstone() {
            return value == null && undecodable.isEmpty();
        }

        /** This entry as one of a topic, for readers of several topics; empty if it is not. */
        public <S extends SpecificRecord> Optional<Entry<S>> as(Topic<S> wanted) {
            return topic.equals(wanted.name())
                    ? Optional.of(
                            new Entry<>(
                                    topic,
                                    partition,
                                    offset,
                                    timestamp,
                                    key,
                                    wanted.valueType().cast(value),
                                    undecodable))
                    : Optional.empty();
        }
    }

    private final KafkaConsumer<String, byte[]> consumer;
    private final Wire wire;
    private final Map<String, Deserializer<? extends SpecificRecord>> deserializers;
    private final Map<TopicPartition, Long> beginnings = new HashMap<>();
    private final Map<TopicPartition, Long> ends;
    private volatile boolean closed;

    private TopicReader(Connection connection, Wire wire, List<Topic<?>> topics, Start start) {
        this.wire = wire;
        this.deserializers = new HashMap<>();
        for (Topic<?> topic : topics) {
            deserializers.put(topic.name(), wire.serde(topic).deserializer());
        }
        Map<String, Object> config = connection.consumer();
        // Retention may overtake a slow reader; it goes on with the oldest record that is left.
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.putIfAbsent(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MILLIS);
        this.consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), new ByteArrayDeserializer());
        try {
            this.ends = seek(topics, start, connection.bootstrapServers());
        } catch (RuntimeException e) {
            consumer.close();
            wire.close();
            throw e;
        }
    }

    /**
     * Opens a reader of the topics, which waits for a registry that is down until it is closed.
     *
     * @throws UnknownTopicOrPartitionException if a topic does not exist
     * @throws TimeoutException if Kafka does not answer
     */
    public static TopicReader open(Connection connection, List<Topic<?>> topics, Start start) {
        return new TopicReader(connection, connection.wire(), topics, start);
    }

    /**
     * Gives every record that the topic has at the time of the call, each partition in its order.
     *
     * @throws UnknownTopicOrPartitionException if the topic does not exist
     * @throws TimeoutException if Kafka does not answer, or stops to
     * @throws io.exitpool.schemas.wire.RegistryException if the registry does not answer
     */
    public static <T extends SpecificRecord> void readToEnd(
            Connection connection, Topic<T> topic, Consumer<Entry<T>> each) {
        Wire wire = connection.wire(PATIENCE);
        try (TopicReader reader =
                new TopicReader(connection, wire, List.of(topic), Start.BEGINNING)) {
            long lastRecord = System.nanoTime();
            while (!reader.atEnd()) {
                List<Entry<?>> entries = reader.poll(POLL);
                for (Entry<?> entry : entries) {
                    each.accept(entry.as(topic).orElseThrow());
                }
                if (!entries.isEmpty()) {
                    lastRecord = System.nanoTime();
                } else if (System.nanoTime() - lastRecord > PATIENCE.toNanos()) {
                    throw new TimeoutException(
                            "no record of "
                                    + topic.name()
                                    + " from "
                                    + connection.bootstrapServers()
                                    + " for "
                                    + PATIENCE.toSeconds()
                                    + " s");
                }
            }
        }
    }

    /**
     * The next records, none if there are none within the time or the reader is closed meanwhile.
     */
    public synchronized List<Entry<?>> poll(Duration atMost) {
        if (closed) {
            throw new IllegalStateException("the reader is closed");
        }
        try {
            List<Entry<?>> entries = new ArrayList<>();
            for (ConsumerRecord<String, byte[]> read : consumer.poll(atMost)) {
                entries.add(entry(read));
            }
            return entries;
        } catch (WakeupException e) {
            return List.of();
        }
    }

    /** The oldest offset that each partition still had when the reader was opened. */
    public Map<TopicPartition, Long> beginnings() {
        return Map.copyOf(beginnings);
    }

    /** Everything that the topics had when the reader was opened has been polled. */
    public synchronized boolean atEnd() {
        return ends.entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        wire.close();
        consumer.wakeup();
        synchronized (this) {
            consumer.close();
        }
    }

    private Map<TopicPartition, Long> seek(List<Topic<?>> topics, Start start, String brokers) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (Topic<?> topic : topics) {
            List<PartitionInfo> found = consumer.partitionsFor(topic.name());
            if (found == null || found.isEmpty()) {
                throw new UnknownTopicOrPartitionException(
                        "There is no topic "
                                + topic.name()
                                + " on "
                                + brokers
                                + ": create the topics with ./exitpool topics create");
            }
            found.forEach(one -> partitions.add(new TopicPartition(one.topic(), one.partition())));
        }
        consumer.assign(partitions);
        Map<TopicPartition, Long> end = consumer.endOffsets(partitions);
        beginnings.putAll(consumer.beginningOffsets(partitions));
        switch (start) {
            case BEGINNING -> beginnings.forEach(consumer::seek);
            case END -> end.forEach(consumer::seek);
        }
        return end;
    }

    private Entry<?> entry(ConsumerRecord<String, byte[]> read) {
        Deserializer<? extends SpecificRecord> deserializer = deserializers.get(read.topic());
        SpecificRecord value = null;
        Optional<UndecodableException> undecodable = Optional.empty();
        try {
            value = deserializer.deserialize(read.topic(), read.value());
        } catch (UndecodableException e) {
            undecodable = Optional.of(e);
        }
        return new Entry<>(
                read.topic(),
                read.partition(),
                read.offset(),
                read.timestamp(),
                read.key(),
                value,
                undecodable);
    }
}
