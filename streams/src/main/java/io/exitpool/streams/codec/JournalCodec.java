package io.exitpool.streams.codec;

import io.exitpool.core.pool.PoolStatus;
import io.exitpool.core.stats.Fact;
import java.util.Arrays;
import java.util.function.Consumer;
import org.apache.avro.message.SchemaStore;

/**
 * Entries of a server's journal: a byte that says what it is, and a row of that kind. A status goes
 * without its slot map.
 */
public final class JournalCodec {
    private static final byte FACT = 'f';
    private static final byte STATUS = 'p';

    private final FactCodec facts;
    private final Row<io.exitpool.schemas.PoolStatus> statuses;

    /**
     * @param kept the versions that rows may have been written with
     */
    public JournalCodec(SchemaStore kept) {
        facts = new FactCodec(kept);
        statuses = new Row<>(io.exitpool.schemas.PoolStatus.class, kept);
    }

    public byte[] encode(Fact fact) {
        return tagged(FACT, facts.encode(fact));
    }

    public byte[] encode(PoolStatus status) {
        return tagged(STATUS, statuses.encode(StatusCodec.encode(status)));
    }

    /** Hands the entry to whom it is for. */
    public void decode(byte[] entry, Consumer<Fact> fact, Consumer<PoolStatus> status) {
        byte[] row = Arrays.copyOfRange(entry, 1, entry.length);
        switch (entry[0]) {
            case FACT -> fact.accept(facts.decode(row));
            case STATUS -> status.accept(StatusCodec.decode(statuses.decode(row)));
            default ->
                    throw new IllegalStateException(
                            "an entry of an unknown kind in the store statistics");
        }
    }

    private static byte[] tagged(byte tag, byte[] row) {
        byte[] entry = new byte[row.length + 1];
        entry[0] = tag;
        System.arraycopy(row, 0, entry, 1, row.length);
        return entry;
    }
}
