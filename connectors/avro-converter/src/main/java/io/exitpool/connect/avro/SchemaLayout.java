package io.exitpool.connect.avro;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema.Field;
import org.apache.avro.Schema.Type;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;

/**
 * Connect's schema for an Avro one: a union of null and X is an optional X; another union is a
 * struct with one optional field per branch, named as the branch; an enum is a string, fixed is
 * bytes.
 */
final class SchemaLayout {

    /** The name that Confluent's converter gives to a union's struct. */
    static final String UNION = "io.confluent.connect.avro.Union";

    /** The records around the one in hand: a record within itself has no end. */
    private final Deque<org.apache.avro.Schema> around = new ArrayDeque<>();

    private SchemaLayout() {}

    /**
     * @throws DataException for a schema that Connect cannot express: a record within itself
     */
    static Schema of(org.apache.avro.Schema avro) {
        return new SchemaLayout().builder(avro).build();
    }

    /** The branch of a union that is null or X; null for every other union. */
    static org.apache.avro.Schema onlyBranch(org.apache.avro.Schema union) {
        List<org.apache.avro.Schema> branches =
                union.getTypes().stream().filter(branch -> branch.getType() != Type.NULL).toList();
        return branches.size() == 1 ? branches.get(0) : null;
    }

    /** The name of a branch's field. */
    static String branchName(org.apache.avro.Schema branch) {
        return branch.getName();
    }

    private SchemaBuilder builder(org.apache.avro.Schema avro) {
        return switch (avro.getType()) {
            case RECORD -> record(avro);
            case UNION -> union(avro);
            case ARRAY -> SchemaBuilder.array(builder(avro.getElementType()).build());
            case MAP ->
                    SchemaBuilder.map(Schema.STRING_SCHEMA, builder(avro.getValueType()).build());
            case ENUM -> SchemaBuilder.string().name(avro.getFullName());
            case FIXED -> fixed(avro);
            case BYTES -> bytes(avro);
            case STRING -> SchemaBuilder.string();
            case INT -> ofInt(avro.getLogicalType());
            case LONG -> ofLong(avro.getLogicalType());
            case FLOAT -> SchemaBuilder.float32();
            case DOUBLE -> SchemaBuilder.float64();
            case BOOLEAN -> SchemaBuilder.bool();
            case NULL -> throw new DataException("Connect has no type for a null on its own");
        };
    }

    private SchemaBuilder record(org.apache.avro.Schema avro) {
        if (around.contains(avro)) {
            throw new DataException(avro.getFullName() + " contains itself");
        }
        around.push(avro);
        SchemaBuilder struct = SchemaBuilder.struct().name(avro.getFullName());
        for (Field field : avro.getFields()) {
            struct.field(field.name(), builder(field.schema()).doc(field.doc()).build());
        }
        around.pop();
        return struct;
    }

    private SchemaBuilder union(org.apache.avro.Schema avro) {
        org.apache.avro.Schema only = onlyBranch(avro);
        if (only != null) {
            return avro.isNullable() ? builder(only).optional() : builder(only);
        }
        SchemaBuilder struct = SchemaBuilder.struct().name(UNION);
        for (org.apache.avro.Schema branch : avro.getTypes()) {
            if (branch.getType() == Type.NULL) {
                struct.optional();
            } else {
                struct.field(branchName(branch), builder(branch).optional().build());
            }
        }
        return struct;
    }

    private static SchemaBuilder ofInt(LogicalType logical) {
        if (logical instanceof LogicalTypes.Date) {
            return Date.builder();
        }
        return logical instanceof LogicalTypes.TimeMillis ? Time.builder() : SchemaBuilder.int32();
    }

    private static SchemaBuilder ofLong(LogicalType logical) {
        return logical instanceof LogicalTypes.TimestampMillis
                ? Timestamp.builder()
                : SchemaBuilder.int64();
    }

    /** A logical type's name is what tells Connect that it is one; it stays. */
    private static SchemaBuilder fixed(org.apache.avro.Schema avro) {
        SchemaBuilder bytes = bytes(avro);
        return bytes.name() == null ? bytes.name(avro.getFullName()) : bytes;
    }

    private static SchemaBuilder bytes(org.apache.avro.Schema avro) {
        return avro.getLogicalType() instanceof LogicalTypes.Decimal decimal
                ? Decimal.builder(decimal.getScale())
                : SchemaBuilder.bytes();
    }
}
