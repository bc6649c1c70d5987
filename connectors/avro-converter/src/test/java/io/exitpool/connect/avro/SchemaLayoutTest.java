package io.exitpool.connect.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Date;
import org.apache.avro.LogicalTypes;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.api.Test;

class SchemaLayoutTest {

    @Test
    void shouldMakeAUnionOfNullAndOneOtherOptional() {
        Schema layout = SchemaLayout.of(SchemaBuilder.nullable().longType());

        assertThat(layout).isEqualTo(Schema.OPTIONAL_INT64_SCHEMA);
    }

    @Test
    void shouldMakeAnyOtherUnionAStruct() {
        Schema layout =
                SchemaLayout.of(
                        SchemaBuilder.unionOf()
                                .nullType()
                                .and()
                                .intType()
                                .and()
                                .record("a.b.Thing")
                                .fields()
                                .endRecord()
                                .endUnion());

        assertThat(layout.isOptional()).isTrue();
        assertThat(layout.fields()).extracting("name").containsExactly("int", "Thing");
        assertThat(layout.field("int").schema().isOptional()).isTrue();
    }

    @Test
    void shouldKeepMomentsMoments() {
        org.apache.avro.Schema avro =
                LogicalTypes.timestampMillis().addToSchema(SchemaBuilder.builder().longType());
        Schema layout = SchemaLayout.of(avro);

        assertThat(layout).isEqualTo(Timestamp.SCHEMA);
        assertThat(ValueLayout.of(avro, layout, 17L)).isEqualTo(new Date(17));
    }

    @Test
    void shouldRefuseARecordWithinItself() {
        org.apache.avro.Schema node =
                new org.apache.avro.Schema.Parser()
                        .parse(
                                "{\"type\":\"record\",\"name\":\"Node\",\"fields\":"
                                        + "[{\"name\":\"next\",\"type\":[\"null\",\"Node\"]}]}");

        assertThatThrownBy(() -> SchemaLayout.of(node))
                .isInstanceOf(DataException.class)
                .hasMessage("Node contains itself");
    }
}
