package io.exitpool.streams.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.exitpool.core.pool.LeaseRow;
import io.exitpool.core.pool.PoolConfig;
import io.exitpool.core.pool.PoolRow;
import io.exitpool.core.pool.SlotRow;
import io.exitpool.streams.Seed;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.message.SchemaStore;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.api.Test;

class RowCodecTest {
    private static final String LEASE_FIELDS =
            """
            {"name": "slot", "type": "int"},
            {"name": "epoch", "type": "long"},
            {"name": "seq", "type": "long"},
            {"name": "grantedAt", "type": "long"},
            {"name": "decided", "type": "long"}
            """;

    private final KeptSchemas kept = new KeptSchemas();
    private final RowCodec rows = new RowCodec(kept);

    @Test
    void shouldReadWhatItWrote() {
        Draw draw = new Draw(Seed.of(RowCodecTest.class));
        for (int i = 0; i < 5_000; i++) {
            PoolConfig config = draw.config();
            PoolRow pool = draw.poolRow();
            SlotRow slot = draw.slotRow();
            LeaseRow lease = draw.leaseRow();

            assertThat(rows.config(rows.encode(config))).isEqualTo(config);
            assertThat(rows.pool(rows.encode(pool))).isEqualTo(pool);
            assertThat(rows.slot(rows.encode(slot))).isEqualTo(slot);
            assertThat(rows.lease(rows.encode(lease))).isEqualTo(lease);
        }
    }

    @Test
    void shouldWriteTheBytesOfTheGeneratedObjects() throws IOException {
        Draw draw = new Draw(Seed.of(RowCodecTest.class));
        for (int i = 0; i < 5_000; i++) {
            SlotRow slot = draw.slotRow();
            LeaseRow lease = draw.leaseRow();

            assertThat(rows.encode(slot))
                    .isEqualTo(
                            io.exitpool.streams.rows.SlotRow.getEncoder()
                                    .encode(
                                            new io.exitpool.streams.rows.SlotRow(
                                                    slot.releasedAt(),
                                                    slot.reported(),
                                                    slot.epoch(),
                                                    slot.seq(),
                                                    slot.decided()))
                                    .array());
            assertThat(rows.encode(lease))
                    .isEqualTo(
                            io.exitpool.streams.rows.LeaseRow.getEncoder()
                                    .encode(
                                            new io.exitpool.streams.rows.LeaseRow(
                                                    lease.slot(),
                                                    lease.epoch(),
                                                    lease.seq(),
                                                    lease.grantedAt(),
                                                    lease.decided()))
                                    .array());
        }
    }

    @Test
    void shouldKeepEverySchemaThatItWrites() {
        for (Class<?> row :
                new Class<?>[] {
                    io.exitpool.schemas.PoolConfig.class,
                    io.exitpool.streams.rows.PoolRow.class,
                    io.exitpool.streams.rows.SlotRow.class,
                    io.exitpool.streams.rows.LeaseRow.class
                }) {
            Schema schema = SpecificData.get().getSchema(row);
            long fingerprint = SchemaNormalization.parsingFingerprint64(schema);

            assertThat(kept.findByFingerprint(fingerprint))
                    .as(
                            "the schema of %s is not kept: put it beside the others in"
                                    + " src/main/resources/io/exitpool/streams/rows as the next"
                                    + " version, and leave those as they are",
                            row.getSimpleName())
                    .isNotNull();
        }
    }

    @Test
    void shouldReadARowOfAnotherCompatibleVersion() throws IOException {
        Schema other = leaseSchema(LEASE_FIELDS + ", {\"name\": \"note\", \"type\": \"string\"}");
        SchemaStore.Cache store = new SchemaStore.Cache();
        store.addSchema(other);
        GenericRecord written = new GenericData.Record(other);
        written.put("slot", 7);
        written.put("epoch", 8L);
        written.put("seq", 9L);
        written.put("grantedAt", 10L);
        written.put("decided", 11L);
        written.put("note", "of no interest here");
        byte[] row = new BinaryMessageEncoder<>(GenericData.get(), other).encode(written).array();

        assertThat(new RowCodec(store).lease(row)).isEqualTo(new LeaseRow(7, 8, 9, 10, 11));
    }

    @Test
    void shouldBeReadByALaterCompatibleVersion() throws IOException {
        byte[] row = rows.encode(new LeaseRow(7, 8, 9, 10, 11));
        Schema later =
                leaseSchema(
                        LEASE_FIELDS
                                + ", {\"name\": \"note\", \"type\": \"string\", \"default\":"
                                + " \"\"}");

        GenericRecord read =
                new BinaryMessageDecoder<GenericRecord>(GenericData.get(), later, kept).decode(row);

        assertThat(read.get("slot")).isEqualTo(7);
        assertThat(read.get("note")).hasToString("");
    }

    @Test
    void shouldSayWhatToDoWithARowOfAnUnknownVersion() throws IOException {
        Schema unknown = leaseSchema("{\"name\": \"other\", \"type\": \"int\"}");
        GenericRecord written = new GenericData.Record(unknown);
        written.put("other", 1);
        byte[] row = new BinaryMessageEncoder<>(GenericData.get(), unknown).encode(written).array();

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> rows.lease(row))
                .withMessageContaining("run that version or a later one");
    }

    private static Schema leaseSchema(String fields) {
        return new Schema.Parser()
                .parse(
                        """
                        {"type": "record", "name": "LeaseRow",
                         "namespace": "io.exitpool.streams.rows", "fields": [%s]}
                        """
                                .formatted(fields));
    }
}
