package io.exitpool.connect.alerts;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;

/** Records of the topic of alerts, as a converter for Avro hands them on; offsets from 0. */
final class Told {
    static final TopicPartition PARTITION = new TopicPartition("exit-pool-alerts", 0);
    static final Instant OPENED = Instant.parse("2026-03-01T11:00:00Z");

    private static final Schema SCHEMA =
            SchemaBuilder.struct()
                    .field("server", Schema.STRING_SCHEMA)
                    .field("kind", Schema.STRING_SCHEMA)
                    .field("episode", Schema.INT64_SCHEMA)
                    .field("state", Schema.STRING_SCHEMA)
                    .field("revision", Schema.INT32_SCHEMA)
                    .field("openedAt", Schema.INT64_SCHEMA)
                    .field("resolvedAt", Schema.OPTIONAL_INT64_SCHEMA)
                    .field("durationMillis", Schema.OPTIONAL_INT64_SCHEMA)
                    .field("value", Schema.FLOAT64_SCHEMA)
                    .field("threshold", Schema.FLOAT64_SCHEMA)
                    .field("peak", Schema.FLOAT64_SCHEMA)
                    .field("unit", Schema.STRING_SCHEMA)
                    .field("summary", Schema.STRING_SCHEMA)
                    .field("cause", Schema.OPTIONAL_STRING_SCHEMA)
                    .field("advice", Schema.STRING_SCHEMA)
                    .field("causedBy", Schema.OPTIONAL_STRING_SCHEMA)
                    .field("affected", SchemaBuilder.array(Schema.STRING_SCHEMA).build())
                    .field("country", Schema.OPTIONAL_STRING_SCHEMA)
                    .field("city", Schema.OPTIONAL_STRING_SCHEMA)
                    .build();

    private long offset;

    /** Written at a time. */
    SinkRecord open(String server, String kind, Instant at) {
        return record(server + "/" + kind, value(server, kind, "OPEN"), at);
    }

    SinkRecord resolved(String server, String kind, Instant at) {
        Struct value = value(server, kind, "RESOLVED").put("resolvedAt", at.toEpochMilli());
        return record(server + "/" + kind, value, at);
    }

    SinkRecord tombstone(String key, Instant at) {
        return record(key, null, at);
    }

    SinkRecord record(String key, Object value, Instant at) {
        return new SinkRecord(
                PARTITION.topic(),
                PARTITION.partition(),
                Schema.STRING_SCHEMA,
                key,
                value == null ? null : SCHEMA,
                value,
                offset++,
                at.toEpochMilli(),
                TimestampType.CREATE_TIME);
    }

    /** A value whose parts may be changed. */
    static Struct value(String server, String kind, String state) {
        return new Struct(SCHEMA)
                .put("server", server)
                .put("kind", kind)
                .put("episode", OPENED.toEpochMilli())
                .put("state", state)
                .put("revision", 0)
                .put("openedAt", OPENED.toEpochMilli())
                .put("value", 6.6123)
                .put("threshold", 0.0)
                .put("peak", 23.0)
                .put("unit", "percent of the first attempts")
                .put("summary", "Starts are rejected.")
                .put("cause", "The load grew.")
                .put("advice", "Add slots.")
                .put("affected", new ArrayList<>(List.of("se-sto-wg-002/EXHAUSTED")))
                .put("country", "se")
                .put("city", "se-sto");
    }
}
