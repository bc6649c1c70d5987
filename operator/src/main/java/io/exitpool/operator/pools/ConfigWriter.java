package io.exitpool.operator.pools;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.exitpool.schemas.PoolConfig;
import io.exitpool.schemas.connection.Connection;
import io.exitpool.schemas.topic.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Writes configurations, all of one step or none. All commands share one transactional id: whoever
 * opens a writer shuts out those who opened theirs before, so that what is written always follows
 * from what was read since. Two operators who give one address to two servers at the same moment
 * cannot both succeed.
 */
final class ConfigWriter implements AutoCloseable {

    static final String TRANSACTIONAL_ID = "exitpool-operator";

    /** The operator's reason for a change that the record has no place for. */
    static final String REASON_HEADER = "exitpool-reason";

    private static final String MAX_BLOCK_MILLIS = "30000";

    /**
     * One record.
     *
     * @param config empty: a tombstone
     */
    record Write(
            String server, Optional<PoolConfig> config, FormerNote note, Optional<String> reason) {}

    private final ConfigStore store;
    private final KafkaProducer<String, byte[]> producer;

    ConfigWriter(Connection connection, ConfigStore store) {
        this.store = store;
        Map<String, Object> config = new HashMap<>(connection.producer());
        config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, TRANSACTIONAL_ID);
        config.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MILLIS);
        this.producer =
                new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
        try {
            producer.initTransactions();
        } catch (TransactionalIdAuthorizationException e) {
            producer.close();
            throw new TransactionalIdAuthorizationException(
                    "writing pools needs the operations WRITE and DESCRIBE on the transactional id "
                            + TRANSACTIONAL_ID);
        } catch (RuntimeException e) {
            producer.close();
            throw e;
        }
    }

    /**
     * Writes the records and waits until the log shows each to be the latest of its server.
     *
     * @throws OvertakenException if another change came in between
     */
    void write(List<Write> writes) {
        Map<String, RecordMetadata> places = commit(writes);
        store.awaitReadable(places.values());
        Map<String, StoredPool> pools = store.readConfigs();
        for (Write write : writes) {
            StoredPool inForce = pools.getOrDefault(write.server(), StoredPool.UNKNOWN);
            if (inForce.offset() != places.get(write.server()).offset()) {
                throw new OvertakenException(
                        write.server()
                                + ": another change, version "
                                + inForce.version()
                                + ", overtook this one. See './exitpool pools show "
                                + write.server()
                                + "' and run the command again");
            }
        }
    }

    @Override
    public void close() {
        producer.close();
    }

    private Map<String, RecordMetadata> commit(List<Write> writes) {
        // Encoded first: a registry that refuses leaves no transaction open.
        List<ProducerRecord<String, byte[]>> records = writes.stream().map(this::record).toList();
        Map<String, RecordMetadata> places = new HashMap<>();
        try {
            producer.beginTransaction();
            Map<String, Future<RecordMetadata>> sent = new HashMap<>();
            for (ProducerRecord<String, byte[]> record : records) {
                sent.put(record.key(), producer.send(record));
            }
            producer.commitTransaction();
            for (Map.Entry<String, Future<RecordMetadata>> one : sent.entrySet()) {
                places.put(one.getKey(), one.getValue().get());
            }
            return places;
        } catch (ProducerFencedException | InvalidProducerEpochException e) {
            throw fenced();
        } catch (KafkaException e) {
            if (e.getCause() instanceof ProducerFencedException
                    || e.getCause() instanceof InvalidProducerEpochException) {
                throw fenced();
            }
            throw e;
        } catch (ExecutionException e) {
            throw new KafkaException("a configuration was not written", e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private ProducerRecord<String, byte[]> record(Write write) {
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(
                        Topics.POOL_CONFIGS.name(),
                        write.server(),
                        write.config().map(store::serialize).orElse(null));
        record.headers().add(FormerNote.HEADER, write.note().toBytes());
        write.reason().ifPresent(r -> record.headers().add(REASON_HEADER, r.getBytes(UTF_8)));
        return record;
    }

    private static OvertakenException fenced() {
        return new OvertakenException(
                "Another command changed the pools at the same time; this one wrote nothing. Run it"
                        + " again");
    }
}
