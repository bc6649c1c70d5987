package io.exitpool.connect.dns;

import io.exitpool.connect.dns.name.InetAddresses;
import java.util.List;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;

/** Records as the Avro converter makes them, with the fields that matter here. */
public final class Records {

    public static final String DECISIONS = "exit-pool-decisions";
    public static final String CONFIGS = "exit-pool-configs";

    private static final Schema GRANTED =
            SchemaBuilder.struct()
                    .optional()
                    .field("slot", Schema.INT32_SCHEMA)
                    .field("v4", Schema.OPTIONAL_BYTES_SCHEMA)
                    .field("v6", Schema.OPTIONAL_BYTES_SCHEMA)
                    .build();
    private static final Schema REJECTED =
            SchemaBuilder.struct().optional().field("cause", Schema.STRING_SCHEMA).build();
    private static final Schema RELEASED =
            SchemaBuilder.struct()
                    .optional()
                    .field("slot", Schema.INT32_SCHEMA)
                    .field("cause", Schema.STRING_SCHEMA)
                    .field("loadAfter", Schema.INT32_SCHEMA)
                    .build();
    private static final Schema OUTCOME =
            SchemaBuilder.struct()
                    .field("Granted", GRANTED)
                    .field("Rejected", REJECTED)
                    .field("Released", RELEASED)
                    .build();
    private static final Schema DECISION = SchemaBuilder.struct().field("outcome", OUTCOME).build();
    private static final Schema RANGE =
            SchemaBuilder.struct()
                    .field("firstId", Schema.INT32_SCHEMA)
                    .field("count", Schema.INT32_SCHEMA)
                    .field("firstV4", Schema.OPTIONAL_BYTES_SCHEMA)
                    .field("firstV6", Schema.OPTIONAL_BYTES_SCHEMA)
                    .build();
    private static final Schema CONFIG =
            SchemaBuilder.struct().field("slots", SchemaBuilder.array(RANGE).build()).build();

    private Records() {}

    /** A grant; addresses are literals or null. */
    public static SinkRecord granted(long offset, String server, int slot, String v4, String v6) {
        Struct granted =
                new Struct(GRANTED).put("slot", slot).put("v4", bytes(v4)).put("v6", bytes(v6));
        return decision(offset, server, "Granted", granted);
    }

    /** A release. */
    public static SinkRecord released(
            long offset, String server, int slot, String cause, int loadAfter) {
        Struct released =
                new Struct(RELEASED)
                        .put("slot", slot)
                        .put("cause", cause)
                        .put("loadAfter", loadAfter);
        return decision(offset, server, "Released", released);
    }

    /** A rejection. */
    public static SinkRecord rejected(long offset, String server) {
        return decision(offset, server, "Rejected", new Struct(REJECTED).put("cause", "EXHAUSTED"));
    }

    /** A pool of one range. */
    public static SinkRecord config(
            long offset, String server, int firstId, int count, String firstV4) {
        Struct range =
                new Struct(RANGE)
                        .put("firstId", firstId)
                        .put("count", count)
                        .put("firstV4", bytes(firstV4));
        return record(
                CONFIGS, offset, server, CONFIG, new Struct(CONFIG).put("slots", List.of(range)));
    }

    /** Anything. */
    public static SinkRecord record(
            String topic, long offset, Object key, Schema schema, Object value) {
        return new SinkRecord(
                topic,
                0,
                Schema.STRING_SCHEMA,
                key,
                schema,
                value,
                offset,
                1_000 + offset,
                TimestampType.CREATE_TIME);
    }

    private static SinkRecord decision(long offset, String server, String branch, Struct value) {
        Struct outcome = new Struct(OUTCOME).put(branch, value);
        return record(
                DECISIONS, offset, server, DECISION, new Struct(DECISION).put("outcome", outcome));
    }

    private static byte[] bytes(String address) {
        return address == null ? null : InetAddresses.parse(address).getAddress();
    }
}
