package io.exitpool.connect.it;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** Generated records with a value in each field that must have one, for tests that set the rest. */
final class Blank {

    private final boolean full;

    private Blank(boolean full) {
        this.full = full;
    }

    /** Zeros, empty texts and lists, and null wherever that may be. */
    static <T extends SpecificRecord> T of(Class<T> type) {
        return type.cast(new Blank(false).value(SpecificData.get().getSchema(type)));
    }

    /** The same without any null. */
    static <T extends SpecificRecord> T full(Class<T> type) {
        return type.cast(new Blank(true).value(SpecificData.get().getSchema(type)));
    }

    private Object value(Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> record(schema);
            case UNION -> union(schema);
            case ARRAY -> list(schema);
            case ENUM -> SpecificData.get().createEnum(schema.getEnumSymbols().get(1), schema);
            case STRING -> full ? "text" : "";
            case INT -> full ? 1 : 0;
            case LONG -> full ? 1L : 0L;
            case DOUBLE -> full ? 0.5 : 0.0;
            case BOOLEAN -> full;
            default -> throw new IllegalArgumentException("no blank for " + schema.getType());
        };
    }

    private List<Object> list(Schema schema) {
        List<Object> list = new ArrayList<>();
        if (full) {
            list.add(value(schema.getElementType()));
        }
        return list;
    }

    private Object union(Schema schema) {
        if (!full && schema.isNullable()) {
            return null;
        }
        return value(
                schema.getTypes().stream()
                        .filter(branch -> branch.getType() != Schema.Type.NULL)
                        .findFirst()
                        .orElseThrow());
    }

    private SpecificRecord record(Schema schema) {
        SpecificRecord record = (SpecificRecord) SpecificData.get().newRecord(null, schema);
        for (Schema.Field field : schema.getFields()) {
            record.put(field.pos(), value(field.schema()));
        }
        return record;
    }
}
