package io.exitpool.connect.rows;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.components.Versioned;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.transforms.Transformation;

/**
 * Makes a flat row of a record of the statistics or of the alerts: the value has a column for each
 * figure, the key the columns of the primary key, so that any sink that updates rows by the
 * record's key writes each window, and each alert, once, however often it is read. A tombstone is
 * dropped: it ends a topic's memory, not the table's. There is nothing to configure.
 */
public final class StatisticsRow<R extends ConnectRecord<R>>
        implements Transformation<R>, Versioned {

    private final Map<Schema, RowLayout> layouts = new HashMap<>();

    @Override
    public ConfigDef config() {
        return new ConfigDef();
    }

    @Override
    public void configure(Map<String, ?> configs) {}

    /**
     * The row, or null for a tombstone.
     *
     * @throws DataException if the record is of another kind
     */
    @Override
    public R apply(R record) {
        if (record.value() == null) {
            return null;
        }
        if (!(record.value() instanceof Struct value)) {
            throw new DataException(
                    "a value of "
                            + record.topic()
                            + " has no schema: set value.converter to one that reads Avro");
        }
        if (!(record.key() instanceof String key)) {
            throw new DataException(
                    "a key of "
                            + record.topic()
                            + " is no text: set key.converter to"
                            + " org.apache.kafka.connect.storage.StringConverter");
        }
        RowLayout layout = layouts.computeIfAbsent(value.schema(), StatisticsRow::layout);
        Struct row = layout.row(key, value);
        Struct primaryKey = layout.key(row);
        return record.newRecord(
                record.topic(),
                record.kafkaPartition(),
                primaryKey.schema(),
                primaryKey,
                row.schema(),
                row,
                record.timestamp());
    }

    @Override
    public String version() {
        String version = StatisticsRow.class.getPackage().getImplementationVersion();
        return version == null ? "unknown" : version;
    }

    @Override
    public void close() {}

    private static RowLayout layout(Schema schema) {
        RecordKind kind =
                RecordKind.of(schema)
                        .orElseThrow(
                                () ->
                                        new DataException(
                                                "a "
                                                        + schema.name()
                                                        + " has no table: this transformation is"
                                                        + " for exit-pool-stats-*,"
                                                        + " exit-fleet-stats-* and"
                                                        + " exit-pool-alerts"));
        return new RowLayout(kind, schema);
    }
}
