package io.exitpool.bench.floor;

import io.exitpool.bench.load.Event;
import io.exitpool.bench.load.EventWriter;
import java.util.Arrays;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Writes for each event as many rows and records, and as large ones, as Exitpool does, and nothing
 * else: it decodes no value, keeps no pool and chooses no slot. The kind of an event is in a
 * header, its session at a known distance from its end.
 */
final class RowProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    private static final int SESSION_BYTES = 16;
    private static final int SLOT_BYTES = 4;

    private final Rows.Kind kind;
    private final Samples samples;
    private ProcessorContext<byte[], byte[]> context;
    private Rows rows;

    RowProcessor(Rows.Kind kind, Samples samples) {
        this.kind = kind;
        this.samples = samples;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> newContext) {
        context = newContext;
        rows = kind.of(newContext);
    }

    @Override
    public void process(Record<byte[], byte[]> event) {
        Header header = event.headers().lastHeader(EventWriter.KIND);
        if (header == null) {
            // A Tick.
            return;
        }
        byte code = header.value()[0];
        if (code == Event.Kind.START.code()) {
            rows.put(leaseKey(event, samples.startTail()), samples.leaseRow().clone());
            answer(event, samples.granted(event.value()));
        } else if (code == Event.Kind.END.code()) {
            byte[] leaseKey = leaseKey(event, samples.endTail());
            rows.put(slotKey(leaseKey, event.key().length), samples.slotRow().clone());
            rows.put(leaseKey, null);
            answer(event, samples.released(event.value()));
        } else if (code != Event.Kind.DUPLICATE.code()) {
            rows.put(key(event.key(), 'p', 0), samples.poolRow().clone());
        }
    }

    private void answer(Record<byte[], byte[]> event, byte[] answer) {
        context.forward(new Record<>(event.key(), answer, event.timestamp()));
    }

    /** The key of the lease's row, with the session that is so far from the event's end. */
    private static byte[] leaseKey(Record<byte[], byte[]> event, int tail) {
        byte[] key = key(event.key(), 'l', SESSION_BYTES);
        byte[] value = event.value();
        System.arraycopy(
                value, value.length - tail, key, key.length - SESSION_BYTES, SESSION_BYTES);
        return key;
    }

    /** The key of some slot's row: one of 256, by the session. */
    private static byte[] slotKey(byte[] leaseKey, int nameLength) {
        byte[] key = Arrays.copyOf(leaseKey, nameLength + 2 + SLOT_BYTES);
        key[nameLength + 1] = 's';
        Arrays.fill(key, nameLength + 2, key.length - 1, (byte) 0);
        return key;
    }

    private static byte[] key(byte[] server, char kind, int idBytes) {
        byte[] key = Arrays.copyOf(server, server.length + 2 + idBytes);
        key[server.length + 1] = (byte) kind;
        return key;
    }
}
