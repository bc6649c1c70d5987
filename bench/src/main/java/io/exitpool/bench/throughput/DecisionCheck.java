package io.exitpool.bench.throughput;

import io.exitpool.schemas.Decision;
import io.exitpool.schemas.Granted;
import io.exitpool.schemas.ReleaseCause;
import io.exitpool.schemas.Released;
import io.exitpool.schemas.connection.Connection;
import io.exitpool.schemas.topic.Topics;
import io.exitpool.schemas.wire.Wire;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Whether every event that was read has been decided, once, and as it should: each start granted,
 * each end released, nothing else and nothing in the dead letters. A fast wrong system is no
 * result.
 */
final class DecisionCheck {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final int POLLS_WITHOUT_RECORDS = 60;

    private final Connection connection;
    private final Backlog backlog;

    DecisionCheck(Connection connection, Backlog backlog) {
        this.connection = connection;
        this.backlog = backlog;
    }

    /**
     * Reads all decisions.
     *
     * @param read the offset up to which each partition of the events was read
     * @return how many decisions there are
     * @throws NoResultException if one is missing, or should not be there
     */
    long check(long[] read) {
        Seen[] seen =
                IntStream.range(0, read.length).mapToObj(p -> new Seen()).toArray(Seen[]::new);
        try (Wire wire = connection.wire();
                KafkaConsumer<byte[], Decision> consumer =
                        new KafkaConsumer<>(
                                connection.consumer(),
                                new ByteArrayDeserializer(),
                                wire.serde(Topics.DECISIONS).deserializer())) {
            readAll(consumer, seen);
            noDeadLetters(consumer);
        }
        long decisions = 0;
        for (int partition = 0; partition < read.length; partition++) {
            seen[partition].compare(partition, backlog.ledger(partition), read[partition]);
            decisions += seen[partition].count;
        }
        return decisions;
    }

    private static void readAll(KafkaConsumer<byte[], Decision> consumer, Seen[] seen) {
        List<TopicPartition> partitions =
                IntStream.range(0, seen.length)
                        .mapToObj(p -> new TopicPartition(Topics.DECISIONS.name(), p))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
        int quiet = 0;
        while (!ends.isEmpty()) {
            boolean some = false;
            for (ConsumerRecord<byte[], Decision> record : consumer.poll(POLL)) {
                seen[record.partition()].add(record.value());
                some = true;
            }
            // Behind the last record are transaction markers, which a position passes over.
            ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
            quiet = some ? 0 : quiet + 1;
            if (quiet > POLLS_WITHOUT_RECORDS) {
                throw new NoResultException("the decisions cannot be read to their end");
            }
        }
    }

    private static void noDeadLetters(KafkaConsumer<byte[], Decision> consumer) {
        TopicPartition letters = new TopicPartition(Topics.DEAD_LETTERS, 0);
        long end = consumer.endOffsets(List.of(letters)).get(letters);
        if (end > 0) {
            throw new NoResultException(
                    "%s is not empty but ends at %d".formatted(letters.topic(), end));
        }
    }

    /** What a partition of the decisions holds. */
    private static final class Seen {
        private int count;
        private int neither;
        private long sum;

        void add(Decision decision) {
            ByteBuffer session = ByteBuffer.wrap(decision.getSession().bytes());
            long high = session.getLong();
            long low = session.getLong();
            count++;
            if (decision.getOutcome() instanceof Granted granted && !granted.getRepeated()) {
                sum += Ledger.grant(high, low);
            } else if (decision.getOutcome() instanceof Released released
                    && released.getCause() == ReleaseCause.ENDED) {
                sum += Ledger.release(high, low);
            } else {
                neither++;
            }
        }

        void compare(int partition, Ledger ledger, long read) {
            int expected = ledger.countBefore(read);
            if (count != expected || neither > 0 || sum != ledger.sumBefore(read)) {
                throw new NoResultException(
                        ("partition %d was read up to %d: %d decisions expected, %d found, %d of"
                                        + " them neither a grant nor an end's release%s")
                                .formatted(
                                        partition,
                                        read,
                                        expected,
                                        count,
                                        neither,
                                        count == expected ? "; sessions differ" : ""));
            }
        }
    }
}
