package io.exitpool.streams.insight;

import io.exitpool.core.insight.PartitionStats;
import io.exitpool.core.insight.ServerSnapshot;
import io.exitpool.core.pool.PoolStatus;
import io.exitpool.schemas.topic.Topics;
import io.exitpool.streams.codec.Counted;
import io.exitpool.streams.codec.JournalCodec;
import io.exitpool.streams.codec.JournalKey;
import io.exitpool.streams.codec.KeptSchemas;
import io.exitpool.streams.codec.StateCodec;
import io.exitpool.streams.input.BadRecordException;
import io.exitpool.streams.input.DeadLetter.Reason;
import io.exitpool.streams.input.ServerKey;
import io.exitpool.streams.store.RowStore;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * One partition's statistics in Kafka Streams: read, fold, write, forward. The statistics are an
 * image in memory of a snapshot and a journal per server in the store, and are made anew from them
 * by {@link #init}, because a revived task initializes the same processor again after its
 * transaction was taken back.
 */
final class ServerFoldProcessor implements Processor<byte[], Counted, byte[], byte[]> {

    private final InsightParts parts;
    private final JournalCodec journal = new JournalCodec(new KeptSchemas());
    private final StateCodec states = new StateCodec();

    private ProcessorContext<byte[], byte[]> context;
    private RowStore store;
    private ServerOutbox outbox;
    private PartitionStats statistics;
    private int partition;

    ServerFoldProcessor(InsightParts parts) {
        this.parts = parts;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> newContext) {
        close();
        context = newContext;
        partition = context.taskId().partition();
        store = context.getStateStore(InsightTopology.STATISTICS);
        outbox = new ServerOutbox(parts, journal, states);
        statistics = load();
    }

    @Override
    public void process(Record<byte[], Counted> record) {
        RecordMetadata metadata = context.recordMetadata().orElseThrow();
        outbox.begin(record, metadata);
        try {
            fold(record, metadata);
        } catch (BadRecordException e) {
            outbox.deadLetter(e.reason(), e.getMessage());
        }
        outbox.write(store);
        outbox.forward(context);
    }

    @Override
    public void close() {
        if (context != null) {
            parts.monitor().closed(partition);
        }
    }

    private void fold(Record<byte[], Counted> record, RecordMetadata metadata)
            throws BadRecordException {
        String server = ServerKey.read(record.key(), metadata.partition(), parts.partitions());
        Counted value = record.value();
        if (value instanceof Counted.Decided decided) {
            statistics.onDecision(server, decided.at(record.timestamp()));
        } else if (value instanceof Counted.Status said) {
            status(server, Optional.of(said.status()), record.timestamp());
        } else if (value instanceof Counted.Bad bad) {
            throw new BadRecordException(Reason.BAD_VALUE, bad.reason());
        } else if (value == null) {
            nothing(server, record.timestamp(), metadata.topic());
        }
    }

    /** A value that is null is a tombstone where statuses are: the server is gone. */
    private void nothing(String server, long time, String topic) throws BadRecordException {
        if (topic.equals(Topics.DECISIONS.name())) {
            throw new BadRecordException(Reason.NO_VALUE, "a decision without a value");
        }
        status(server, Optional.empty(), time);
    }

    private void status(String server, Optional<PoolStatus> status, long time) {
        store.handOver();
        statistics.onStatus(server, status, time);
        if (status.isPresent()) {
            parts.monitor().statusRead(partition, status.get().watermark());
        } else if (statistics.servers() == 0) {
            // Nobody's window waits for a status any more.
            parts.monitor().closed(partition);
        }
    }

    private PartitionStats load() {
        PartitionStats.Loader loader =
                PartitionStats.load(parts.stats(), parts.alerts(), partition, outbox);
        store.forEach((key, value) -> load(loader, JournalKey.decode(key), value));
        return loader.finish();
    }

    private void load(PartitionStats.Loader loader, JournalKey key, byte[] value) {
        switch (key.kind()) {
            case SNAPSHOT ->
                    loader.snapshot(key.server(), states.decode(value, ServerSnapshot.class));
            case ENTRY ->
                    journal.decode(
                            value,
                            (entry, fact) -> loader.fact(key.server(), key.place(), entry, fact),
                            (entry, status) ->
                                    loader.status(key.server(), key.place(), entry, status));
        }
    }
}
