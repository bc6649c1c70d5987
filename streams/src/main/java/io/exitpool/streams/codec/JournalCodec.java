package io.exitpool.streams.codec;

import io.exitpool.core.pool.PoolStatus;
import io.exitpool.core.stats.Fact;
import io.exitpool.schemas.body.RecordBuffer;
import java.io.IOException;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.message.SchemaStore;

/**
 * Entries of a server's journal: a byte that says what it is, its number as Avro writes one, and a
 * row of that kind. A status goes without its slot map. For one thread.
 */
public final class JournalCodec {
    private static final byte FACT = 'f';
    private static final byte STATUS = 'p';

    private final FactCodec facts;
    private final RecordBuffer buffer = new RecordBuffer();
    private final Row<io.exitpool.schemas.PoolStatus> statuses;

    /**
     * @param kept the versions that rows may have been written with
     */
    public JournalCodec(SchemaStore kept) {
        facts = new FactCodec(kept);
        statuses = new Row<>(io.exitpool.schemas.PoolStatus.class, kept);
    }

    public byte[] encode(long entry, Fact fact) {
        begin(FACT, entry);
        facts.write(fact, buffer);
        return buffer.record();
    }

    public byte[] encode(long entry, PoolStatus status) {
        begin(STATUS, entry);
        buffer.write(statuses.encode(StatusCodec.encode(status)));
        return buffer.record();
    }

    /** Hands the entry to whom it is for, with its number. */
    public void decode(byte[] entry, Numbered<Fact> fact, Numbered<PoolStatus> status) {
        BinaryDecoder from = DecoderFactory.get().binaryDecoder(entry, 1, entry.length - 1, null);
        try {
            long number = from.readLong();
            byte[] row = from.inputStream().readAllBytes();
            switch (entry[0]) {
                case FACT -> fact.accept(number, facts.decode(row));
                case STATUS -> status.accept(number, StatusCodec.decode(statuses.decode(row)));
                default ->
                        throw new IllegalStateException(
                                "an entry of an unknown kind in the store statistics");
            }
        } catch (IOException e) {
            throw new IllegalStateException("an entry in the store statistics is cut short", e);
        }
    }

    /** What an entry is handed to. */
    public interface Numbered<T> {
        void accept(long entry, T read);
    }

    private void begin(byte tag, long entry) {
        buffer.begin();
        buffer.write(tag);
        buffer.putNumber(entry);
    }
}
