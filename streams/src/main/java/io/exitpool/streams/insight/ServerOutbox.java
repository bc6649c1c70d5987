package io.exitpool.streams.insight;

import static io.exitpool.streams.insight.InsightTopology.TO_FLEET;
import static io.exitpool.streams.insight.InsightTopology.WRITE_DEAD_LETTERS;
import static io.exitpool.streams.insight.InsightTopology.WRITE_POOL_STATS_1H;
import static io.exitpool.streams.insight.InsightTopology.WRITE_POOL_STATS_1M;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.exitpool.core.insight.ServerSnapshot;
import io.exitpool.core.insight.Signal;
import io.exitpool.core.insight.StatsSink;
import io.exitpool.core.pool.PoolStatus;
import io.exitpool.core.stats.Fact;
import io.exitpool.core.stats.WindowStats;
import io.exitpool.schemas.PoolStats;
import io.exitpool.schemas.topic.Topics;
import io.exitpool.streams.codec.Counted;
import io.exitpool.streams.codec.JournalCodec;
import io.exitpool.streams.codec.JournalKey;
import io.exitpool.streams.codec.StateCodec;
import io.exitpool.streams.codec.StatsCodec;
import io.exitpool.streams.input.DeadLetter;
import io.exitpool.streams.input.DeadLetter.Reason;
import io.exitpool.streams.input.DeadLetters;
import io.exitpool.streams.store.RowStore;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Holds back what one record changed in the first stage until the statistics are done with it. */
final class ServerOutbox implements StatsSink {
    private final StatsCodec stats;
    private final JournalCodec journal;
    private final StateCodec states;
    private final InsightMonitor monitor;
    private final DeadLetters deadLetters;
    private final long minute;
    private final Serializer<PoolStats> minutes;
    private final Serializer<PoolStats> hours;

    private final Outgoing outgoing = new Outgoing();

    private Record<byte[], Counted> record;
    private RecordMetadata metadata;

    ServerOutbox(InsightParts parts, JournalCodec journal, StateCodec states) {
        this.journal = journal;
        this.states = states;
        stats = new StatsCodec(parts.stats().k());
        monitor = parts.monitor();
        deadLetters = parts.deadLetters();
        minute = parts.stats().minuteMillis();
        minutes = parts.wire().serde(Topics.POOL_STATS_1M).serializer();
        hours = parts.wire().serde(Topics.POOL_STATS_1H).serializer();
    }

    /** A new record is at hand. */
    void begin(Record<byte[], Counted> next, RecordMetadata itsMetadata) {
        outgoing.clear();
        record = next;
        metadata = itsMetadata;
    }

    void write(RowStore store) {
        outgoing.write(store);
    }

    void forward(ProcessorContext<byte[], byte[]> context) {
        outgoing.forward(context);
    }

    @Override
    public void fact(String server, int place, long entry, Fact fact) {
        outgoing.row(JournalKey.entry(server, place).encode(), journal.encode(entry, fact));
    }

    @Override
    public void status(String server, int place, long entry, PoolStatus status) {
        outgoing.row(JournalKey.entry(server, place).encode(), journal.encode(entry, status));
    }

    @Override
    public void journalGone(String server, int from, int to) {
        for (int place = from; place < to; place++) {
            outgoing.row(JournalKey.entry(server, place).encode(), null);
        }
    }

    @Override
    public void snapshot(String server, ServerSnapshot snapshot) {
        outgoing.row(JournalKey.snapshot(server).encode(), states.encode(snapshot));
    }

    @Override
    public void serverGone(String server) {
        outgoing.row(JournalKey.snapshot(server).encode(), null);
    }

    @Override
    public void window(WindowStats window) {
        boolean isMinute = window.window().length() == minute;
        byte[] value =
                isMinute
                        ? minutes.serialize(Topics.POOL_STATS_1M.name(), stats.encode(window))
                        : hours.serialize(Topics.POOL_STATS_1H.name(), stats.encode(window));
        outgoing.answer(
                isMinute ? WRITE_POOL_STATS_1M : WRITE_POOL_STATS_1H,
                new Record<>(window.key().getBytes(UTF_8), value, window.window().end()),
                () ->
                        monitor.windowClosed(
                                window.window().length(),
                                window.incomplete(),
                                window.lostDecisions()));
    }

    @Override
    public void signal(Signal signal) {
        outgoing.answer(
                TO_FLEET, new Record<>(record.key(), states.encode(signal), record.timestamp()));
    }

    /** The record at hand is one: without its value, because that was decoded. */
    void deadLetter(Reason reason, String sentence) {
        RecordMetadata read = metadata;
        outgoing.answer(
                WRITE_DEAD_LETTERS,
                new Record<>(
                        DeadLetter.key(record.key()),
                        null,
                        record.timestamp(),
                        new RecordHeaders(
                                DeadLetter.headers(
                                        record.headers(),
                                        reason,
                                        sentence,
                                        read.topic(),
                                        read.partition(),
                                        read.offset()))),
                () -> deadLetters.tell(read, reason, sentence));
    }
}
