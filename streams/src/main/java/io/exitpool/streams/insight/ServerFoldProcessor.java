package io.exitpool.streams.insight;

import io.exitpool.core.insight.PartitionStats;
import io.exitpool.core.insight.ServerSnapshot;
import io.exitpool.core.pool.PoolStatus;
import io.exitpool.core.stats.Fact;
import io.exitpool.schemas.Decision;
import io.exitpool.schemas.topic.Topics;
import io.exitpool.streams.codec.BadValueException;
import io.exitpool.streams.codec.FactCodec;
import io.exitpool.streams.codec.JournalCodec;
import io.exitpool.streams.codec.JournalKey;
import io.exitpool.streams.codec.KeptSchemas;
import io.exitpool.streams.codec.StateCodec;
import io.exitpool.streams.codec.StatusCodec;
import io.exitpool.streams.input.BadRecordException;
import io.exitpool.streams.input.DeadLetter.Reason;
import io.exitpool.streams.input.ServerKey;
import io.exitpool.streams.store.RowStore;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
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
final class ServerFoldProcessor implements Processor<byte[], SpecificRecord, byte[], byte[]> {

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
    public void process(Record<byte[], SpecificRecord> record) {
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

    private void fold(Record<byte[], SpecificRecord> record, RecordMetadata metadata)
            throws BadRecordException {
        String server = ServerKey.read(record.key(), metadata.partition(), parts.partitions());
        try {
            if (metadata.topic().equals(Topics.DECISIONS.name())) {
                decision(server, record);
            } else {
                status(server, record);
            }
        } catch (BadValueException e) {
            throw new BadRecordException(Reason.BAD_VALUE, e.getMessage());
        }
    }

    private void decision(String server, Record<byte[], SpecificRecord> record)
            throws BadRecordException {
        if (record.value() == null) {
            throw new BadRecordException(Reason.NO_VALUE, "a decision without a value");
        }
        Optional<Fact> fact = FactCodec.decode((Decision) record.value(), record.timestamp());
        if (fact.isPresent()) {
            statistics.onDecision(server, fact.get());
        }
    }

    /** A value that is null is a tombstone here: the server is gone. */
    private void status(String server, Record<byte[], SpecificRecord> record) {
        store.handOver();
        Optional<PoolStatus> status =
                Optional.ofNullable((io.exitpool.schemas.PoolStatus) record.value())
                        .map(StatusCodec::decode);
        statistics.onStatus(server, status, record.timestamp());
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
                            fact -> loader.fact(key.server(), key.entry(), fact),
                            status -> loader.status(key.server(), key.entry(), status));
        }
    }
}
