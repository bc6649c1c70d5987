package io.exitpool.connect.rows;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;

/**
 * The columns of one schema's records. A field in a struct becomes a column that is named after
 * both; a list of plain values stays one; a list of structs, a histogram's buckets, is left out,
 * because it is no value of a row. Times become timestamps; enums become text.
 */
final class RowLayout {

    private final RecordKind kind;
    private final List<Column> columns = new ArrayList<>();
    private final Schema rowSchema;
    private final Schema keySchema;

    RowLayout(RecordKind kind, Schema record) {
        this.kind = kind;
        collect(record, List.of(), false);
        SchemaBuilder row = SchemaBuilder.struct();
        SchemaBuilder key = SchemaBuilder.struct();
        kind.keyColumn()
                .ifPresent(
                        name -> {
                            row.field(name, Schema.STRING_SCHEMA);
                            key.field(name, Schema.STRING_SCHEMA);
                        });
        for (Column column : columns) {
            row.field(column.name(), column.schema());
            if (kind.isKey(column.name())) {
                key.field(column.name(), column.schema());
            }
        }
        rowSchema = row.build();
        keySchema = key.build();
    }

    /**
     * @param key the record's key
     */
    Struct row(String key, Struct record) {
        Struct row = new Struct(rowSchema);
        kind.keyColumn().ifPresent(name -> row.put(name, key));
        for (Column column : columns) {
            row.put(column.name(), column.of(record));
        }
        return row;
    }

    /** The part of a row that is its primary key. */
    Struct key(Struct row) {
        Struct key = new Struct(keySchema);
        for (Field field : keySchema.fields()) {
            key.put(field, row.get(field.name()));
        }
        return key;
    }

    private void collect(Schema struct, List<Field> above, boolean optional) {
        for (Field field : struct.fields()) {
            List<Field> path = Stream.concat(above.stream(), Stream.of(field)).toList();
            Schema schema = field.schema();
            boolean nullable = optional || schema.isOptional();
            if (schema.type() == Schema.Type.STRUCT) {
                collect(schema, path, nullable);
            } else if (schema.type() != Schema.Type.ARRAY
                    || schema.valueSchema().type() != Schema.Type.STRUCT) {
                String name = Column.nameOf(path);
                columns.add(new Column(name, path, plain(name, schema, nullable)));
            }
        }
    }

    /** The type alone: the name of an enum, or a default, means nothing to a table. */
    private Schema plain(String column, Schema schema, boolean nullable) {
        SchemaBuilder plain;
        if (kind.isMoment(column)) {
            plain = Timestamp.builder();
        } else if (schema.type() == Schema.Type.ARRAY) {
            plain = SchemaBuilder.array(SchemaBuilder.type(schema.valueSchema().type()).build());
        } else {
            plain = SchemaBuilder.type(schema.type());
        }
        return (nullable ? plain.optional() : plain).build();
    }
}
