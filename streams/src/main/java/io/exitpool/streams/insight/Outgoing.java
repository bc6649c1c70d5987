package io.exitpool.streams.insight;

import io.exitpool.streams.store.RowStore;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * What one record changed, held back until all of it is encoded: everything that can fail has
 * failed before the first row is written.
 */
final class Outgoing {
    private static final Runnable NOTHING = () -> {};

    private final List<Row> rows = new ArrayList<>();
    private final List<Answer> answers = new ArrayList<>();

    /** A new record is at hand. */
    void clear() {
        rows.clear();
        answers.clear();
    }

    /**
     * A row.
     *
     * @param value null is its tombstone
     */
    void row(byte[] key, byte[] value) {
        rows.add(new Row(key, value));
    }

    void answer(String node, Record<byte[], byte[]> record) {
        answer(node, record, NOTHING);
    }

    /**
     * A record on its way.
     *
     * @param count called once it is forwarded
     */
    void answer(String node, Record<byte[], byte[]> record, Runnable count) {
        answers.add(new Answer(node, record, count));
    }

    void write(RowStore store) {
        rows.forEach(row -> store.put(row.key(), row.value()));
    }

    void forward(ProcessorContext<byte[], byte[]> context) {
        for (Answer answer : answers) {
            context.forward(answer.record(), answer.node());
            answer.count().run();
        }
    }

    private record Row(byte[] key, byte[] value) {}

    private record Answer(String node, Record<byte[], byte[]> record, Runnable count) {}
}
