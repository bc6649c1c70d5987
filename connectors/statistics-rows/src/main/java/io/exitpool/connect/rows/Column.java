package io.exitpool.connect.rows;

import java.util.Date;
import java.util.List;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;

/**
 * One column and where its value is.
 *
 * @param path from the record to the field, through the structs around it
 */
record Column(String name, List<Field> path, Schema schema) {

    /** The value in this record; null where a struct around it is null. */
    Object of(Struct record) {
        Object value = record;
        for (Field field : path) {
            if (value == null) {
                return null;
            }
            value = ((Struct) value).get(field);
        }
        boolean moment = Timestamp.LOGICAL_NAME.equals(schema.name());
        return moment && value instanceof Long millis ? new Date(millis) : value;
    }

    /** {@code reuseGap} and {@code under1Minute} as {@code reuse_gap_under1_minute}. */
    static String nameOf(List<Field> path) {
        StringBuilder name = new StringBuilder();
        for (Field field : path) {
            if (name.length() > 0) {
                name.append('_');
            }
            for (char c : field.name().toCharArray()) {
                if (Character.isUpperCase(c)) {
                    name.append('_');
                }
                name.append(Character.toLowerCase(c));
            }
        }
        return name.toString();
    }
}
