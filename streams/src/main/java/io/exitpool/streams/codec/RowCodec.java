package io.exitpool.streams.codec;

import io.exitpool.core.decision.Addresses;
import io.exitpool.core.pool.LeaseRow;
import io.exitpool.core.pool.PoolConfig;
import io.exitpool.core.pool.PoolCounters;
import io.exitpool.core.pool.PoolRow;
import io.exitpool.core.pool.SlotRange;
import io.exitpool.core.pool.SlotRow;
import io.exitpool.streams.rows.CounterRow;
import io.exitpool.streams.rows.RetiringRange;
import io.exitpool.streams.rows.V4;
import io.exitpool.streams.rows.V6;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.message.MissingSchemaException;
import org.apache.avro.message.SchemaStore;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * The values of the rows in the store {@code pools}: Avro records in single-object encoding. The
 * schema's fingerprint goes with each row, so that a later program knows what an earlier one wrote,
 * without a registry on the way to the store.
 */
public final class RowCodec {
    private final Row<io.exitpool.schemas.PoolConfig> configs;
    private final Row<io.exitpool.streams.rows.PoolRow> pools;
    private final Row<io.exitpool.streams.rows.SlotRow> slots;
    private final Row<io.exitpool.streams.rows.LeaseRow> leases;

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
        return leases.encode(
                new io.exitpool.streams.rows.LeaseRow(
                        row.slot(), row.epoch(), row.seq(), row.grantedAt()));
    }

    public LeaseRow lease(byte[] row) {
        io.exitpool.streams.rows.LeaseRow read = leases.decode(row);
        return new LeaseRow(read.getSlot(), read.getEpoch(), read.getSeq(), read.getGrantedAt());
    }

    public byte[] encode(SlotRow row) {
        return slots.encode(
                new io.exitpool.streams.rows.SlotRow(
                        row.releasedAt(), row.reported(), row.epoch(), row.seq()));
    }

    public SlotRow slot(byte[] row) {
        io.exitpool.streams.rows.SlotRow read = slots.decode(row);
        return new SlotRow(
                read.getReleasedAt(), read.getReported(), read.getEpoch(), read.getSeq());
    }

    public byte[] encode(PoolRow row) {
        return pools.encode(
                new io.exitpool.streams.rows.PoolRow(
                        orNull(row.epoch()),
                        row.seq(),
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
                counters.skewedClocks());
    }

    private static PoolCounters counters(CounterRow read) {
        return new PoolCounters(
                read.getDuplicates(),
                read.getStaleEpochs(),
                read.getUnknownEnds(),
                read.getAdoptionConflicts(),
                read.getIncompleteSnapshots(),
                read.getSkewedClocks());
    }

    private static Long orNull(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }

    private static OptionalLong optional(Long value) {
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    /**
     * One kind of row. Written with the generated coders, read field by field, as Avro resolves.
     */
    private static final class Row<T extends SpecificRecord> {
        private final String name;
        private final BinaryMessageEncoder<T> encoder;
        private final BinaryMessageDecoder<T> decoder;

        Row(Class<T> type, SchemaStore kept) {
            SpecificData written = new SpecificData(type.getClassLoader());
            written.setCustomCoders(true);
            SpecificData read = new SpecificData(type.getClassLoader());
            read.setCustomCoders(false);
            name = type.getSimpleName();
            encoder = new BinaryMessageEncoder<>(written, written.getSchema(type));
            decoder = new BinaryMessageDecoder<>(read, read.getSchema(type), kept);
        }

        byte[] encode(T record) {
            try {
                return encoder.encode(record).array();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot write a " + name, e);
            }
        }

        T decode(byte[] row) {
            try {
                return decoder.decode(row, null);
            } catch (MissingSchemaException e) {
                throw new IllegalStateException(
                        "a "
                                + name
                                + " in the store pools was written by a version of Exitpool that"
                                + " this one does not know: run that version or a later one",
                        e);
            } catch (IOException | AvroRuntimeException e) {
                throw new IllegalStateException(
                        "a "
                                + name
                                + " in the store pools cannot be read: remove the state directory"
                                + " and start again, it is restored from Kafka",
                        e);
            }
        }
    }
}
