package io.exitpool.connect.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertReaderTest {

    @Test
    void shouldReadAllParts() {
        Instant end = Told.OPENED.plusSeconds(60);
        Struct struct =
                Told.value("se-sto-wg-001", "EXHAUSTED", "RESOLVED")
                        .put("revision", 2)
                        .put("causedBy", "se-sto-wg-009")
                        .put("resolvedAt", end.toEpochMilli());

        PoolAlert alert = AlertReader.read(struct);

        assertThat(alert.key()).isEqualTo("se-sto-wg-001/EXHAUSTED");
        assertThat(alert.open()).isFalse();
        assertThat(alert.resolvedAt()).contains(end);
        assertThat(alert.revision()).isEqualTo(2);
        assertThat(alert.causedBy()).contains("se-sto-wg-009");
        assertThat(alert.affected()).containsExactly("se-sto-wg-002/EXHAUSTED");
    }

    @Test
    void shouldTakeAnUnknownStateForOpen() {
        assertThat(AlertReader.read(Told.value("a", "NEW_KIND", "UNKNOWN")).open()).isTrue();
    }

    @Test
    void shouldReadASchemaWithoutWhatMayBeAbsent() {
        Schema older =
                SchemaBuilder.struct()
                        .field("server", Schema.STRING_SCHEMA)
                        .field("kind", Schema.STRING_SCHEMA)
                        .field("episode", Schema.INT64_SCHEMA)
                        .field("state", Schema.STRING_SCHEMA)
                        .field("openedAt", Schema.INT64_SCHEMA)
                        .field("value", Schema.FLOAT64_SCHEMA)
                        .field("threshold", Schema.FLOAT64_SCHEMA)
                        .field("peak", Schema.FLOAT64_SCHEMA)
                        .field("unit", Schema.STRING_SCHEMA)
                        .field("summary", Schema.STRING_SCHEMA)
                        .field("advice", Schema.STRING_SCHEMA)
                        .build();
        Struct now = Told.value("a", "EXHAUSTED", "OPEN");
        Struct then = new Struct(older);
        older.fields().forEach(field -> then.put(field, now.get(field.name())));

        PoolAlert alert = AlertReader.read(then);

        assertThat(alert.revision()).isZero();
        assertThat(alert.affected()).isEmpty();
        assertThat(alert.city()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "server, 'se-sto\r\nX-Evil: 1', server' is not like",
        "kind, <b>, kind' is not like",
        "state, RESOLVED, resolvedAt' is missing",
    })
    void shouldRefuseText(String field, String value, String reason) {
        Struct struct = Told.value("a", "EXHAUSTED", "OPEN").put(field, value);

        assertThatThrownBy(() -> AlertReader.read(struct))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void shouldRefuseTimesThatCannotBe() {
        Struct early = Told.value("a", "EXHAUSTED", "RESOLVED").put("resolvedAt", 1L);
        Struct late = Told.value("a", "EXHAUSTED", "OPEN").put("openedAt", Long.MAX_VALUE);

        assertThatThrownBy(() -> AlertReader.read(early)).hasMessageContaining("before it opened");
        assertThatThrownBy(() -> AlertReader.read(late)).hasMessageContaining("'openedAt'");
    }

    @Test
    void shouldSayWhichConverterIsMissing() {
        for (Object value : List.of("text", Map.of("server", "a"), new byte[0])) {
            assertThatThrownBy(() -> AlertReader.read(value))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("value.converter");
        }
    }

    @Test
    void shouldNameAFieldOfAnotherType() {
        Schema schema = SchemaBuilder.struct().field("server", Schema.INT32_SCHEMA).build();

        assertThatThrownBy(() -> AlertReader.read(new Struct(schema).put("server", 1)))
                .hasMessageContaining("'server' is a Integer; expected a String");
    }
}
