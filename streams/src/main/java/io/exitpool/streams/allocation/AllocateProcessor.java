package io.exitpool.streams.allocation;

import io.exitpool.core.pool.PartitionPools;
import io.exitpool.schemas.SessionEvent;
import io.exitpool.schemas.topic.Topics;
import io.exitpool.streams.codec.EventCodec;
import io.exitpool.streams.codec.KeptSchemas;
import io.exitpool.streams.codec.RowCodec;
import io.exitpool.streams.codec.Said;
import io.exitpool.streams.codec.ServerName;
import io.exitpool.streams.commit.Gathering;
import io.exitpool.streams.input.BadRecordException;
import io.exitpool.streams.store.RowStore;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One partition's pools in Kafka Streams: read, decide, write, forward. The pools are an image in
 * memory of the rows in the store, and begin anew from them with {@link #init}, because a revived
 * task initializes the same processor again after its transaction was taken back.
 *
 * <p>A pool's rows are read before the first record that concerns it, so that the first decision
 * after a restart waits for one pool and not for all; the others follow while no record waits.
 *
 * <p>The wall clock does one thing here: it lets a Tick be written. What a Tick means is decided
 * where it is read.
 */
final class AllocateProcessor implements Processor<byte[], Said, byte[], byte[]> {

    private static final Logger LOG = LoggerFactory.getLogger(AllocateProcessor.class);

    private final AllocationParts parts;
    private final RowCodec rows;
    private final RecordReader reader;
    private final Serializer<SessionEvent> ticks;

    private ProcessorContext<byte[], byte[]> context;
    private RowStore store;
    private Outbox outbox;
    private StoredPools stored;
    private PartitionPools pools;
    private Gathering gathering;
    private AllocationMonitor.Partition monitored;
    private Cancellable ticking;

    AllocateProcessor(AllocationParts parts) {
        this.parts = parts;
        this.rows = new RowCodec(new KeptSchemas());
        this.reader = new RecordReader(parts.partitions());
        this.ticks = parts.wire().serde(Topics.SESSION_EVENTS).serializer();
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> newContext) {
        close();
        context = newContext;
        gathering = parts.commits().ofThisThread();
        store = context.getStateStore(AllocationTopology.STORE);
        outbox = new Outbox(parts.wire(), rows, parts.monitor(), parts.deadLetters());
        stored = new StoredPools(store, rows);
        pools = new PartitionPools(parts.settings(), parts.random().get(), outbox, stored);
        tellOfOrphans();
        monitored = parts.monitor().opened(context.taskId().partition());
        gathering.reads(context.taskId().partition(), this::readNext);
        ticking =
                context.schedule(
                        parts.tickInterval(), PunctuationType.WALL_CLOCK_TIME, this::writeTick);
    }

    private void tellOfOrphans() {
        for (String server : pools.orphans()) {
            LOG.error(
                    "The store has rows of {} but no configuration: they are not used. Apply its"
                            + " pool again, then ./exitpool pools rebuild {}",
                    server,
                    server);
        }
    }

    private boolean readNext() {
        if (pools.readNext()) {
            return true;
        }
        stored.close();
        return false;
    }

    @Override
    public void process(Record<byte[], Said> record) {
        RecordMetadata metadata = context.recordMetadata().orElseThrow();
        outbox.begin(record, metadata);
        try {
            decide(reader.read(record, metadata));
        } catch (BadRecordException e) {
            ServerName.decode(record.key()).ifPresent(pools::onDeadLetter);
            outbox.deadLetter(e.reason(), e.getMessage());
        }
        outbox.write(store);
        outbox.forward(context);
        gathering.decided(context);
    }

    /** A revived task's old clock would go on beside its new one, were it not stopped here. */
    @Override
    public void close() {
        if (ticking != null) {
            ticking.cancel();
            ticking = null;
        }
        if (stored != null) {
            gathering.ends(context.taskId().partition());
            stored.close();
            stored = null;
        }
        if (monitored != null) {
            monitored.closed();
            monitored = null;
        }
    }

    private void decide(Heard heard) {
        heard.handTo(pools, outbox.time());
        if (heard instanceof Heard.Tick) {
            store.handOver();
            monitored.ticked(outbox.time(), pools.servers(), pools.sessions(), pools.failed());
        }
    }

    /** While pools are read, a Tick would only keep the records behind it waiting. */
    private void writeTick(long now) {
        int partition = context.taskId().partition();
        if (gathering.isReading(partition)) {
            return;
        }
        SessionEvent tick = EventCodec.tick(partition);
        byte[] value = ticks.serialize(Topics.SESSION_EVENTS.name(), tick);
        context.forward(new Record<>(null, value, now), AllocationTopology.WRITE_TICKS);
    }
}
