package io.exitpool.streams.allocation;

import static io.exitpool.streams.allocation.AllocationTopology.WRITE_DEAD_LETTERS;
import static io.exitpool.streams.allocation.AllocationTopology.WRITE_DECISIONS;
import static io.exitpool.streams.allocation.AllocationTopology.WRITE_POOL_STATUS;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.exitpool.core.decision.Decision;
import io.exitpool.core.event.SessionId;
import io.exitpool.core.pool.PoolConfig;
import io.exitpool.core.pool.PoolRow;
import io.exitpool.core.pool.PoolStatus;
import io.exitpool.core.pool.Sink;
import io.exitpool.schemas.topic.Topics;
import io.exitpool.schemas.wire.Wire;
import io.exitpool.streams.codec.DecisionWriter;
import io.exitpool.streams.codec.RowCodec;
import io.exitpool.streams.codec.RowKey;
import io.exitpool.streams.codec.Said;
import io.exitpool.streams.codec.StatusCodec;
import io.exitpool.streams.codec.Told;
import io.exitpool.streams.input.DeadLetter;
import io.exitpool.streams.input.DeadLetter.Reason;
import io.exitpool.streams.input.DeadLetters;
import io.exitpool.streams.store.RowStore;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Holds back what one record changed until the pools are done with it. Everything is encoded as it
 * is handed in, so that all that can fail has failed before the first row is written; what was
 * handed in since the last mark can be taken back.
 */
final class Outbox implements Sink {
    private static final Headers NO_HEADERS = new RecordHeaders();

    private final RowCodec rows;
    private final AllocationMonitor monitor;
    private final DeadLetters deadLetters;
    private final Serializer<Told> decisions;
    private final Serializer<io.exitpool.schemas.PoolStatus> statuses;

    private final List<Change> changes = new ArrayList<>();
    private final List<Answer> answers = new ArrayList<>();
    private int markedChanges;
    private int markedAnswers;

    private Record<byte[], Said> record;
    private RecordMetadata metadata;
    private long clock = Long.MIN_VALUE;
    private long time;
    private long lag;

    /** The server that was named last. */
    private String named = "";

    private byte[] name = {};

    Outbox(Wire wire, RowCodec rows, AllocationMonitor monitor, DeadLetters deadLetters) {
        this.rows = rows;
        this.monitor = monitor;
        this.deadLetters = deadLetters;
        this.decisions = wire.serializer(Topics.DECISIONS, new DecisionWriter());
        this.statuses = wire.serde(Topics.POOL_STATUS).serializer();
    }

    /** A new record is at hand. */
    void begin(Record<byte[], Said> next, RecordMetadata itsMetadata) {
        changes.clear();
        answers.clear();
        mark();
        record = next;
        metadata = itsMetadata;
        lag = monitor.lagMillis(next.timestamp());
        if (itsMetadata.topic().equals(Topics.POOL_CONFIGS.name())) {
            // Events may lie behind: a configuration happens in their time, and moves it nowhere.
            time = clock == Long.MIN_VALUE ? next.timestamp() : clock;
        } else {
            // A broker's clock may be set back: the pools' time never is.
            clock = Math.max(clock, next.timestamp());
            time = clock;
        }
    }

    /**
     * The append time of the event or Tick at hand, or of the one before it if that is later; for a
     * configuration that of the last event or Tick.
     */
    long time() {
        return time;
    }

    void write(RowStore store) {
        changes.forEach(change -> change.make(store));
    }

    void forward(ProcessorContext<byte[], byte[]> context) {
        for (Answer answer : answers) {
            context.forward(
                    new Record<>(answer.key(), answer.value(), time, answer.headers()),
                    answer.node());
            answer.count().run();
        }
    }

    @Override
    public void decision(String server, Decision decision) {
        answer(
                WRITE_DECISIONS,
                server,
                decisions.serialize(Topics.DECISIONS.name(), new Told(decision, lag(decision))),
                () -> monitor.decided(decision.outcome()));
    }

    @Override
    public void lease(
            String server,
            SessionId session,
            int slot,
            long epoch,
            long seq,
            long grantedAt,
            long decided) {
        changes.add(
                new Put(
                        RowKey.lease(name(server), session),
                        rows.lease(slot, epoch, seq, grantedAt, decided)));
    }

    @Override
    public void leaseGone(String server, SessionId session) {
        changes.add(new Put(RowKey.lease(name(server), session), null));
    }

    @Override
    public void slot(
            String server,
            int slot,
            long releasedAt,
            boolean reported,
            long epoch,
            long seq,
            long decided) {
        changes.add(
                new Put(
                        RowKey.slot(name(server), slot),
                        rows.slot(releasedAt, reported, epoch, seq, decided)));
    }

    @Override
    public void slotGone(String server, int slot) {
        changes.add(new Put(RowKey.slot(name(server), slot), null));
    }

    @Override
    public void rowsGone(String server) {
        changes.add(new Clear(server, RowKey.Kind.LEASE));
        changes.add(new Clear(server, RowKey.Kind.SLOT));
    }

    @Override
    public void pool(String server, PoolRow row) {
        changes.add(new Put(RowKey.pool(server).encode(), rows.encode(row)));
    }

    @Override
    public void config(String server, PoolConfig config) {
        changes.add(new Put(RowKey.config(server).encode(), rows.encode(config)));
    }

    @Override
    public void poolGone(String server) {
        changes.add(new Put(RowKey.config(server).encode(), null));
        changes.add(new Put(RowKey.pool(server).encode(), null));
        answer(WRITE_POOL_STATUS, server, null, () -> {});
    }

    @Override
    public void status(String server, PoolStatus status) {
        answer(
                WRITE_POOL_STATUS,
                server,
                statuses.serialize(Topics.POOL_STATUS.name(), StatusCodec.encode(status)),
                () -> {});
    }

    @Override
    public void deadLetter(String reason) {
        deadLetter(Reason.REFUSED, reason);
    }

    /** What waited is an event; clocks out of step tell nothing. */
    private OptionalLong lag(Decision decision) {
        return decision.seq().isPresent() && lag >= 0 ? OptionalLong.of(lag) : OptionalLong.empty();
    }

    /** The record at hand is one: without its value, because that was decoded. */
    void deadLetter(Reason reason, String sentence) {
        RecordMetadata read = metadata;
        answers.add(
                new Answer(
                        WRITE_DEAD_LETTERS,
                        DeadLetter.key(record.key()),
                        null,
                        DeadLetter.headers(
                                record.headers(),
                                reason,
                                sentence,
                                read.topic(),
                                read.partition(),
                                read.offset()),
                        () -> deadLetters.tell(read, reason, sentence)));
    }

    @Override
    public void mark() {
        markedChanges = changes.size();
        markedAnswers = answers.size();
    }

    @Override
    public void discard() {
        changes.subList(markedChanges, changes.size()).clear();
        answers.subList(markedAnswers, answers.size()).clear();
    }

    private void answer(String node, String server, byte[] value, Runnable count) {
        answers.add(new Answer(node, name(server), value, NO_HEADERS, count));
    }

    /** The bytes of a server's name; of one record nearly all is about the same server. */
    private byte[] name(String server) {
        if (!server.equals(named)) {
            named = server;
            name = server.getBytes(UTF_8);
        }
        return name;
    }

    /** Something that is forwarded when all rows are written, and then counted. */
    private record Answer(String node, byte[] key, byte[] value, Headers headers, Runnable count) {}

    /** Something that happens to the store. */
    private sealed interface Change {
        void make(RowStore store);
    }

    /** A row, or its tombstone. */
    private record Put(byte[] key, byte[] value) implements Change {
        @Override
        public void make(RowStore store) {
            store.put(key, value);
        }
    }

    /** All of a server's rows of a kind go. Rare: a pool is rebuilt, or is gone. */
    private record Clear(String server, RowKey.Kind kind) implements Change {
        @Override
        public void make(RowStore store) {
            List<byte[]> keys = new ArrayList<>();
            store.forEach(
                    RowKey.first(server, kind),
                    RowKey.beyond(server, kind),
                    (key, row) -> keys.add(key));
            keys.forEach(key -> store.put(key, null));
        }
    }
}
