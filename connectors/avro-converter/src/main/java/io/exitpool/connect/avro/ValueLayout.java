package io.exitpool.connect.avro;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema.Field;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;

/** Avro's generic values as Connect's, in the layout of {@link SchemaLayout}. */
final class ValueLayout {

    private ValueLayout() {}

    /**
     * @param value of the schema {@code avro}
     * @param layout {@link SchemaLayout}'s of the same
     */
    static Object of(org.apache.avro.Schema avro, Schema layout, Object value) {
        return switch (avro.getType()) {
            case RECORD -> struct(avro, layout, (IndexedRecord) value);
            case UNION -> union(avro, layout, value);
            case ARRAY -> list(avro, layout, (Collection<?>) value);
            case MAP -> map(avro, layout, (Map<?, ?>) value);
            case FIXED -> bytes(layout, ByteBuffer.wrap(((GenericFixed) value).bytes()));
            case BYTES -> bytes(layout, (ByteBuffer) value);
            case ENUM, STRING -> value.toString();
            case INT -> number(layout, (Integer) value);
            case LONG -> number(layout, (Long) value);
            case FLOAT, DOUBLE, BOOLEAN, NULL -> value;
        };
    }

    private static Struct struct(org.apache.avro.Schema avro, Schema layout, IndexedRecord record) {
        Struct struct = new Struct(layout);
        for (Field field : avro.getFields()) {
            org.apache.kafka.connect.data.Field target = layout.field(field.name());
            struct.put(target, of(field.schema(), target.schema(), record.get(field.pos())));
        }
        return struct;
    }

    private static Object union(org.apache.avro.Schema avro, Schema layout, Object value) {
        if (value == null) {
            return null;
        }
        org.apache.avro.Schema only = SchemaLayout.onlyBranch(avro);
        if (only != null) {
            return of(only, layout, value);
        }
        org.apache.avro.Schema branch =
                avro.getTypes().get(GenericData.get().resolveUnion(avro, value));
        String name = SchemaLayout.branchName(branch);
        return new Struct(layout).put(name, of(branch, layout.field(name).schema(), value));
    }

    private static List<Object> list(
            org.apache.avro.Schema avro, Schema layout, Collection<?> items) {
        List<Object> list = new ArrayList<>(items.size());
        for (Object item : items) {
            list.add(of(avro.getElementType(), layout.valueSchema(), item));
        }
        return list;
    }

    private static Map<String, Object> map(
            org.apache.avro.Schema avro, Schema layout, Map<?, ?> entries) {
        Map<String, Object> map = new HashMap<>();
        entries.forEach(
                (key, value) ->
                        map.put(
                                key.toString(),
                                of(avro.getValueType(), layout.valueSchema(), value)));
        return map;
    }

    private static Object number(Schema layout, Integer value) {
        if (Date.LOGICAL_NAME.equals(layout.name())) {
            return Date.toLogical(layout, value);
        }
        return Time.LOGICAL_NAME.equals(layout.name()) ? Time.toLogical(layout, value) : value;
    }

    private static Object number(Schema layout, Long value) {
        return Timestamp.LOGICAL_NAME.equals(layout.name())
                ? Timestamp.toLogical(layout, value)
                : value;
    }

    private static Object bytes(Schema layout, ByteBuffer value) {
        if (!Decimal.LOGICAL_NAME.equals(layout.name())) {
            return value;
        }
        byte[] unscaled = new byte[value.remaining()];
        value.duplicate().get(unscaled);
        return Decimal.toLogical(layout, unscaled);
    }
}
