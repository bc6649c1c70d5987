package io.exitpool.connect.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Date;
import java.util.List;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

class StatisticsRowTest {

    private static final Schema BUCKET =
            SchemaBuilder.struct().field("index", Schema.INT32_SCHEMA).build();
    private static final Schema TIMES =
            SchemaBuilder.struct()
                    .field("count", Schema.INT64_SCHEMA)
                    .field("buckets", SchemaBuilder.array(BUCKET).build())
                    .build();
    private static final Schema GAP =
            SchemaBuilder.struct()
                    .optional()
                    .field("times", TIMES)
                    .field("under1Minute", Schema.INT64_SCHEMA)
                    .build();
    private static final Schema STATS =
            SchemaBuilder.struct()
                    .name("io.exitpool.schemas.PoolStats")
                    .field("windowStart", Schema.INT64_SCHEMA)
                    .field("missingServers", SchemaBuilder.array(Schema.STRING_SCHEMA).build())
                    .field("reuseGap", GAP)
                    .build();

    private final StatisticsRow<SinkRecord> rows = new StatisticsRow<>();

    @Test
    void shouldNameColumnsAfterTheStructsAroundThem() {
        SinkRecord row = rows.apply(stats("de-fra-1", gap(7, 3)));

        assertThat(row.valueSchema().fields())
                .extracting(Field::name)
                .containsExactly(
                        "scope",
                        "window_start",
                        "missing_servers",
                        "reuse_gap_times_count",
                        "reuse_gap_under1_minute");
        Struct value = (Struct) row.value();
        assertThat(value.get("scope")).isEqualTo("de-fra-1");
        assertThat(value.get("window_start")).isEqualTo(new Date(60_000));
        assertThat(value.get("missing_servers")).isEqualTo(List.of("se-sto-1"));
        assertThat(value.get("reuse_gap_times_count")).isEqualTo(7L);
        assertThat(value.get("reuse_gap_under1_minute")).isEqualTo(3L);
    }

    @Test
    void shouldTellAWindowByItsOwnerAndStart() {
        SinkRecord row = rows.apply(stats("fleet", gap(7, 3)));

        assertThat(row.key())
                .isEqualTo(
                        new Struct(
                                        SchemaBuilder.struct()
                                                .field("scope", Schema.STRING_SCHEMA)
                                                .field("window_start", Timestamp.SCHEMA)
                                                .build())
                                .put("scope", "fleet")
                                .put("window_start", new Date(60_000)));
        assertThat(row.topic()).isEqualTo("exit-pool-stats-1m");
    }

    @Test
    void shouldLeaveColumnsEmptyWhereTheStructAroundThemIsNull() {
        SinkRecord row = rows.apply(stats("de-fra-1", null));

        Struct value = (Struct) row.value();
        assertThat(value.get("reuse_gap_times_count")).isNull();
        assertThat(value.schema().field("reuse_gap_times_count").schema())
                .isEqualTo(Schema.OPTIONAL_INT64_SCHEMA);
    }

    @Test
    void shouldTellAnAlertByServerKindAndEpisode() {
        Schema alert =
                SchemaBuilder.struct()
                        .name("io.exitpool.schemas.Alert")
                        .field("server", Schema.STRING_SCHEMA)
                        .field("kind", SchemaBuilder.string().name("an.Enum").build())
                        .field("episode", Schema.INT64_SCHEMA)
                        .field("openedAt", Schema.INT64_SCHEMA)
                        .field("resolvedAt", Schema.OPTIONAL_INT64_SCHEMA)
                        .build();
        Struct value =
                new Struct(alert)
                        .put("server", "de-fra-1")
                        .put("kind", "EXHAUSTED")
                        .put("episode", 5L)
                        .put("openedAt", 5L);

        SinkRecord row = rows.apply(record("de-fra-1/EXHAUSTED", alert, value));

        assertThat(row.keySchema().fields())
                .extracting(Field::name)
                .containsExactly("server", "kind", "episode");
        assertThat(((Struct) row.value()).get("opened_at")).isEqualTo(new Date(5));
        assertThat(((Struct) row.value()).get("resolved_at")).isNull();
        assertThat(row.valueSchema().field("kind").schema()).isEqualTo(Schema.STRING_SCHEMA);
    }

    @Test
    void shouldDropATombstone() {
        assertThat(rows.apply(record("de-fra-1/EXHAUSTED", null, null))).isNull();
    }

    @Test
    void shouldSayWhatHasNoTable() {
        Schema other = SchemaBuilder.struct().name("io.exitpool.schemas.Decision").build();

        assertThatThrownBy(() -> rows.apply(record("s", other, new Struct(other))))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("a io.exitpool.schemas.Decision has no table");
        assertThatThrownBy(() -> rows.apply(record("s", null, "text")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("set value.converter");
        assertThatThrownBy(
                        () ->
                                rows.apply(
                                        new SinkRecord(
                                                "t", 0, null, new byte[0], STATS, value(null), 0)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("set key.converter");
    }

    private static SinkRecord stats(String key, Struct gap) {
        return record(key, STATS, value(gap));
    }

    private static Struct value(Struct gap) {
        return new Struct(STATS)
                .put("windowStart", 60_000L)
                .put("missingServers", List.of("se-sto-1"))
                .put("reuseGap", gap);
    }

    private static Struct gap(long count, long under1Minute) {
        return new Struct(GAP)
                .put("times", new Struct(TIMES).put("count", count).put("buckets", List.of()))
                .put("under1Minute", under1Minute);
    }

    private static SinkRecord record(String key, Schema schema, Object value) {
        return new SinkRecord("exit-pool-stats-1m", 0, Schema.STRING_SCHEMA, key, schema, value, 0);
    }
}
