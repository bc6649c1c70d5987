package io.exitpool.connect.rows;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.connect.data.Schema;

/** The records that have a table, and what of them a row is told by. */
enum RecordKind {
    /** One window of a server or a group; whose, only the record's key says. */
    POOL_STATS(
            "io.exitpool.schemas.PoolStats",
            Optional.of("scope"),
            Set.of("window_start"),
            Set.of("window_start")),
    /** One alert, open or resolved: the later record replaces the earlier one's row. */
    ALERT(
            "io.exitpool.schemas.Alert",
            Optional.empty(),
            Set.of("server", "kind", "episode"),
            Set.of("opened_at", "resolved_at"));

    private final String schemaName;
    private final Optional<String> keyColumn;
    private final Set<String> keyFields;
    private final Set<String> moments;

    RecordKind(
            String schemaName,
            Optional<String> keyColumn,
            Set<String> keyFields,
            Set<String> moments) {
        this.schemaName = schemaName;
        this.keyColumn = keyColumn;
        this.keyFields = keyFields;
        this.moments = moments;
    }

    static Optional<RecordKind> of(Schema schema) {
        return Arrays.stream(values())
                .filter(kind -> kind.schemaName.equals(schema.name()))
                .findFirst();
    }

    /** The column that takes the record's key, if its value does not repeat it. */
    Optional<String> keyColumn() {
        return keyColumn;
    }

    /** Whether the column, one made of the value, is of the primary key. */
    boolean isKey(String column) {
        return keyFields.contains(column);
    }

    /** Whether the column's number is a point in time, in milliseconds since 1970. */
    boolean isMoment(String column) {
        return moments.contains(column);
    }
}
