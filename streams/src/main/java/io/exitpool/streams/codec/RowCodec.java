package io.exitpool.streams.codec;

import io.exitpool.core.decision.Addresses;
import io.exitpool.core.pool.LeaseRow;
import io.exitpool.core.pool.PoolConfig;
import io.exitpool.core.pool.PoolCounters;
import io.exitpool.core.pool.PoolRow;
import io.exitpool.core.pool.SlotRange;
import io.exitpool.core.pool.SlotRow;
import io.exitpool.schemas.body.RecordBuffer;
import io.exitpool.streams.rows.CounterRow;
import io.exitpool.streams.rows.RetiringRange;
import io.exitpool.streams.rows.V4;
import io.exitpool.streams.rows.V6;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.avro.io.Decoder;
import org.apache.avro.message.SchemaStore;

/**
 * The values of the rows in the store {@code pools}: Avro records in single-object encoding. The
 * schema's fingerprint goes with each row, so that a later program knows what an earlier one wrote,
 * without a registry on the way to the store. For one thread.
 *
 * <p>The two rows that events write, leases and slots, are written field by field: the same bytes
 * as their generated objects give, a test sees to that, without making them. They are read so, too,
 * when it was this version that wrote them: a restart reads a million.
 */
public final class RowCodec {
    private final Row<io.exitpool.schemas.PoolConfig> configs;
    private final Row<io.exitpool.streams.rows.PoolRow> pools;
    private final Row<io.exitpool.streams.rows.SlotRow> slots;
    private final Row<io.exitpool.streams.rows.LeaseRow> leases;
    private final RecordBuffer buffer = new RecordBuffer();

    /**
     * @param kept the versions that rows may have been written with
     */
    public RowCodec(SchemaStore kept) {
        configs = new Row<>(io.exitpool.schemas.PoolConfig.class, kept);
        pools = new Row<>(io.exitpool.streams.rows.PoolRow.class, kept);
        slots = new Row<>(io.exitpool.streams.rows.SlotRow.class, kept);
        leases = new Row<>(io.exitpool.streams.rows.LeaseRow.class, kept);
    }

    public byte[] encode(PoolConfig config) {
        return configs.encode(ConfigCodec.encode(config));
    }

    public PoolConfig config(byte[] row) {
        return ConfigCodec.decode(configs.decode(row));
    }

    public byte[] encode(LeaseRow row) {
        return lease(row.slot(), row.epoch(), row.seq(), row.grantedAt(), row.decided());
    }

    /** A lease's row, as {@link LeaseRow} names its parts. */
    public byte[] lease(int slot, long epoch, long seq, long grantedAt, long decided) {
        buffer.begin(leases.header());
        buffer.putNumber(slot);
        buffer.putNumber(epoch);
        buffer.putNumber(seq);
        buffer.putNumber(grantedAt);
        buffer.putNumber(decided);
        return buffer.record();
    }

    public LeaseRow lease(byte[] row) {
        return leases.decode(row, RowCodec::lease, RowCodec::lease);
    }

    private static LeaseRow lease(Decoder from) throws IOException {
        return new LeaseRow(
                from.readInt(), from.readLong(), from.readLong(), from.readLong(), from.readLong());
    }

    private static LeaseRow lease(io.exitpool.streams.rows.LeaseRow read) {
        return new LeaseRow(
                read.getSlot(),
                read.getEpoch(),
                read.getSeq(),
                read.getGrantedAt(),
                read.getDecided());
    }

    public byte[] encode(SlotRow row) {
        return slot(row.releasedAt(), row.reported(), row.epoch(), row.seq(), row.decided());
    }

    /** A slot's row, as {@link SlotRow} names its parts. */
    public byte[] slot(long releasedAt, boolean reported, long epoch, long seq, long decided) {
        buffer.begin(slots.header());
        buffer.putNumber(releasedAt);
        buffer.putBoolean(reported);
        buffer.putNumber(epoch);
        buffer.putNumber(seq);
        buffer.putNumber(decided);
        return buffer.record();
    }

    public SlotRow slot(byte[] row) {
        return slots.decode(row, RowCodec::slot, RowCodec::slot);
    }

    private static SlotRow slot(Decoder from) throws IOException {
        return new SlotRow(
                from.readLong(),
                from.readBoolean(),
                from.readLong(),
                from.readLong(),
                from.readLong());
    }

    private static SlotRow slot(io.exitpool.streams.rows.SlotRow read) {
        return new SlotRow(
                read.getReleasedAt(),
                read.getReported(),
                read.getEpoch(),
                read.getSeq(),
                read.getDecided());
    }

    public byte[] encode(PoolRow row) {
        return pools.encode(
                new io.exitpool.streams.rows.PoolRow(
                        orNull(row.epoch()),
                        row.seq(),
                        row.decided(),
                        row.synced(),
                        row.silentMillis(),
                        orNull(row.lastSnapshotAt()),
                        row.removed(),
                        row.retiring().stream().map(RowCodec::retiring).toList(),
                        row.failed().orElse(null),
                        counters(row.counters())));
    }

    public PoolRow pool(byte[] row) {
        io.exitpool.streams.rows.PoolRow read = pools.decode(row);
        return new PoolRow(
                optional(read.getEpoch()),
                read.getSeq(),
                read.getDecided(),
                read.getSynced(),
                read.getSilentMillis(),
                optional(read.getLastSnapshotAt()),
                read.getRemoved(),
                read.getRetiring().stream().map(RowCodec::retiring).toList(),
                Optional.ofNullable(read.getFailed()),
                counters(read.getCounters()));
    }

    private static RetiringRange retiring(SlotRange range) {
        Addresses first = range.first();
        return new RetiringRange(
                range.firstId(),
                range.count(),
                first.hasV4() ? new V4(AddressCodec.v4(first)) : null,
                first.hasV6() ? new V6(AddressCodec.v6(first)) : null);
    }

    private static SlotRange retiring(RetiringRange range) {
        byte[] v4 = range.getFirstV4() == null ? null : range.getFirstV4().bytes();
        byte[] v6 = range.getFirstV6() == null ? null : range.getFirstV6().bytes();
        return new SlotRange(range.getFirstId(), range.getCount(), AddressCodec.decode(v4, v6));
    }

    private static CounterRow counters(PoolCounters counters) {
        return new CounterRow(
                counters.duplicates(),
                counters.staleEpochs(),
                counters.unknownEnds(),
                counters.adoptionConflicts(),
                counters.incompleteSnapshots(),
                counters.skewedClocks(),
                counters.deadLetters());
    }

    private static PoolCounters counters(CounterRow read) {
        return new PoolCounters(
                read.getDuplicates(),
                read.getStaleEpochs(),
                read.getUnknownEnds(),
                read.getAdoptionConflicts(),
                read.getIncompleteSnapshots(),
                read.getSkewedClocks(),
                read.getDeadLetters());
    }

    private static Long orNull(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }

    private static OptionalLong optional(Long value) {
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
