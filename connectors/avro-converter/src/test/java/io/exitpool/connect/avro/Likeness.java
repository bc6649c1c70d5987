package io.exitpool.connect.avro;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;

/** Holds Connect's data against the Avro data that it came from, part by part. */
final class Likeness {

    private Likeness() {}

    static void check(Schema avro, Object expected, Object actual) {
        switch (avro.getType()) {
            case RECORD -> record(avro, (IndexedRecord) expected, (Struct) actual);
            case UNION -> union(avro, expected, actual);
            case ARRAY -> array(avro, (List<?>) expected, (List<?>) actual);
            case FIXED ->
                    assertThat(actual)
                            .isEqualTo(ByteBuffer.wrap(((GenericFixed) expected).bytes()));
            case ENUM, STRING -> assertThat(actual).isEqualTo(expected.toString());
            default -> assertThat(actual).isEqualTo(expected);
        }
    }

    private static void record(Schema avro, IndexedRecord expected, Struct actual) {
        assertThat(actual.schema().name()).isEqualTo(avro.getFullName());
        assertThat(actual.schema().fields())
                .extracting(Field::name)
                .isEqualTo(avro.getFields().stream().map(Schema.Field::name).toList());
        for (Schema.Field field : avro.getFields()) {
            check(field.schema(), expected.get(field.pos()), actual.get(field.name()));
        }
    }

    private static void union(Schema avro, Object expected, Object actual) {
        if (expected == null) {
            assertThat(actual).isNull();
            return;
        }
        Schema branch = avro.getTypes().get(GenericData.get().resolveUnion(avro, expected));
        if (avro.isNullable() && avro.getTypes().size() == 2) {
            check(branch, expected, actual);
            return;
        }
        Struct struct = (Struct) actual;
        for (Field field : struct.schema().fields()) {
            assertThat(field.schema().isOptional()).isTrue();
            if (field.name().equals(branch.getName())) {
                check(branch, expected, struct.get(field));
            } else {
                assertThat(struct.get(field)).isNull();
            }
        }
    }

    private static void array(Schema avro, List<?> expected, List<?> actual) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            check(avro.getElementType(), expected.get(i), actual.get(i));
        }
    }
}
