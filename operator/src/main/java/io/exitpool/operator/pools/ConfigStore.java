package io.exitpool.operator.pools;

import io.exitpool.schemas.PoolConfig;
import io.exitpool.schemas.PoolStatus;
import io.exitpool.schemas.connection.Connection;
import io.exitpool.schemas.topic.ServerPartition;
import io.exitpool.schemas.topic.Topics;
import io.exitpool.schemas.wire.RegistryException;
import io.exitpool.schemas.wire.UndecodableException;
import io.exitpool.schemas.wire.Wire;
import io.exitpool.schemas.wire.WireClosedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The fleet's configurations and statuses as the log has them, and the place to write
 * configurations. A command that speaks to an operator does not wait for ever: a registry that does
 * not answer ends it.
 */
final class ConfigStore implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ConfigStore.class);

    /** How long the registry may take for all schemas that a read or a write needs. */
    private static final Duration REGISTRY_PATIENCE = Duration.ofSeconds(20);

    /**
     * While the allocation runs, every pool has a status of the last 10 s; a partition whose last
     * minute does not have them all is read from its beginning.
     */
    private static final Duration RECENT = Duration.ofSeconds(60);

    private final Connection connection;
    private final Wire wire;
    private final LogReader log;
    private final ScheduledExecutorService watchdog;

    ConfigStore(Connection connection) {
        this.connection = connection;
        this.wire = connection.wire();
        this.log = new LogReader(connection);
        this.watchdog =
                Executors.newSingleThreadScheduledExecutor(
                        task -> {
                            Thread thread = new Thread(task, "registry-watchdog");
                            thread.setDaemon(true);
                            return thread;
                        });
    }

    /** The whole fleet as the log has it now. */
    FleetState read() {
        SortedMap<String, StoredPool> pools = readConfigs();
        return readStatuses(pools);
    }

    /** The configurations alone. */
    SortedMap<String, StoredPool> readConfigs() {
        List<TopicPartition> partitions = log.partitions(Topics.POOL_CONFIGS.name());
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        log.read(log.beginning(partitions), partitions.size(), records::add);
        Deserializer<PoolConfig> deserializer = wire.serde(Topics.POOL_CONFIGS).deserializer();
        return withRegistry(
                () -> {
                    SortedMap<String, StoredPool> pools = new TreeMap<>();
                    records.forEach(record -> take(record, deserializer, pools));
                    return pools;
                });
    }

    /** Waits until {@link #readConfigs} gives what was committed at these places. */
    void awaitReadable(Collection<RecordMetadata> places) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        for (RecordMetadata place : places) {
            TopicPartition partition = new TopicPartition(place.topic(), place.partition());
            offsets.merge(partition, place.offset(), Math::max);
        }
        log.awaitReadable(offsets);
    }

    /** Opens the door for writing, and closes it to every other command that has it open. */
    ConfigWriter writer() {
        return new ConfigWriter(connection, this);
    }

    byte[] serialize(PoolConfig config) {
        return withRegistry(
                () ->
                        wire.serde(Topics.POOL_CONFIGS)
                                .serializer()
                                .serialize(Topics.POOL_CONFIGS.name(), config));
    }

    @Override
    public void close() {
        watchdog.shutdownNow();
        wire.close();
        log.close();
    }

    private void take(
            ConsumerRecord<String, byte[]> record,
            Deserializer<PoolConfig> deserializer,
            Map<String, StoredPool> pools) {
        Header header = record.headers().lastHeader(FormerNote.HEADER);
        Optional<FormerNote> note =
                header == null ? Optional.empty() : FormerNote.of(header.value());
        StoredPool before = pools.getOrDefault(record.key(), StoredPool.UNKNOWN);
        if (record.value() == null) {
            pools.put(
                    record.key(), before.afterTombstone(note, record.offset(), record.timestamp()));
            return;
        }
        decode(record, deserializer)
                .ifPresent(
                        config ->
                                pools.put(
                                        record.key(),
                                        before.after(
                                                config,
                                                note,
                                                record.offset(),
                                                record.timestamp())));
    }

    private FleetState readStatuses(SortedMap<String, StoredPool> pools) {
        List<TopicPartition> all = log.partitions(Topics.POOL_STATUS.name());
        long recently = System.currentTimeMillis() - RECENT.toMillis();
        Map<String, ConsumerRecord<String, byte[]>> last = new HashMap<>();
        log.read(log.from(all, recently), all.size(), record -> last.put(record.key(), record));
        Set<Integer> seen =
                last.values().stream().map(ConsumerRecord::partition).collect(Collectors.toSet());
        Set<Integer> lacking =
                pools.keySet().stream()
                        .filter(server -> !last.containsKey(server))
                        .map(server -> ServerPartition.of(server, all.size()))
                        .collect(Collectors.toSet());
        List<TopicPartition> again =
                all.stream()
                        .filter(
                                p ->
                                        !seen.contains(p.partition())
                                                || lacking.contains(p.partition()))
                        .toList();
        log.read(log.beginning(again), all.size(), record -> last.put(record.key(), record));
        Map<String, Long> gone = new HashMap<>();
        SortedMap<String, PoolStatus> statuses = new TreeMap<>();
        Deserializer<PoolStatus> deserializer = wire.serde(Topics.POOL_STATUS).deserializer();
        return withRegistry(
                () -> {
                    for (ConsumerRecord<String, byte[]> record : last.values()) {
                        if (record.value() == null) {
                            gone.put(record.key(), record.timestamp());
                        } else {
                            decode(record, deserializer)
                                    .ifPresent(status -> statuses.put(record.key(), status));
                        }
                    }
                    return new FleetState(pools, statuses, gone);
                });
    }

    private static <T> Optional<T> decode(
            ConsumerRecord<String, byte[]> record, Deserializer<T> deserializer) {
        try {
            return Optional.of(deserializer.deserialize(record.topic(), record.value()));
        } catch (UndecodableException e) {
            LOG.warn(
                    "Left out a record of {} that cannot be read ({}): partition {}, offset {}",
                    record.topic(),
                    e.reason(),
                    record.partition(),
                    record.offset());
            return Optional.empty();
        }
    }

    private <R> R withRegistry(Supplier<R> work) {
        ScheduledFuture<?> end =
                watchdog.schedule(wire::close, REGISTRY_PATIENCE.toSeconds(), TimeUnit.SECONDS);
        try {
            return work.get();
        } catch (WireClosedException e) {
            throw new RegistryException(
                    "The schema registry did not answer within "
                            + REGISTRY_PATIENCE.toSeconds()
                            + " s. Check --registry",
                    e);
        } finally {
            end.cancel(false);
        }
    }
}
