package io.exitpool.connect.avro;

import io.exitpool.schemas.connection.Connection;
import io.exitpool.schemas.wire.BoundedDecoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.components.Versioned;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.storage.Converter;

/**
 * Reads Avro values in Confluent's wire format (a zero byte, the schema's id, the body) as
 * Connect's data. It is for sinks: it reads and does not write.
 *
 * <p>A value that cannot be read is a {@link DataException}, which Connect sends to the connector's
 * dead-letter queue. A registry that does not answer is not the record's fault: it is a {@code
 * RetriableException}, which Connect repeats for as long as the connector's {@code
 * errors.retry.timeout} says; set that to {@code -1}, else an outage makes dead letters of good
 * records.
 *
 * <p>Its settings are those of every client of Exitpool: {@code schema.registry.url}, {@code
 * schema.registry.basic.auth.user.info} and so on. Used by one thread at a time, as Connect does.
 */
public final class AvroConverter implements Converter, Versioned {

    private static final byte MAGIC_BYTE = 0;
    private static final int HEADER_BYTES = 5;

    /** What one schema id comes to. */
    private record Reading(
            org.apache.avro.Schema writer, Schema layout, GenericDatumReader<Object> reader) {

        static Reading of(org.apache.avro.Schema writer) {
            return new Reading(writer, SchemaLayout.of(writer), new GenericDatumReader<>(writer));
        }
    }

    private final Map<Integer, Reading> readings = new ConcurrentHashMap<>();
    private final BoundedDecoder decoder = new BoundedDecoder();
    private WriterSchemas schemas;

    @Override
    public ConfigDef config() {
        return new ConfigDef()
                .define(
                        Connection.REGISTRY_URL,
                        ConfigDef.Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        ConfigDef.Importance.HIGH,
                        "Address of the schema registry, http:// or https://; several are"
                                + " separated by commas.");
    }

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        if (configs.get(Connection.REGISTRY_URL) == null) {
            throw new ConfigException(
                    "AvroConverter needs the address of the schema registry: set "
                            + (isKey ? "key" : "value")
                            + ".converter."
                            + Connection.REGISTRY_URL);
        }
        Map<String, String> settings = new HashMap<>();
        configs.forEach(
                (key, value) -> {
                    if (key.startsWith(Connection.REGISTRY_PREFIX)) {
                        settings.put(key, Objects.toString(value));
                    }
                });
        try {
            use(new WriterSchemas(Connection.of(settings).registry()));
        } catch (IllegalArgumentException e) {
            throw new ConfigException("AvroConverter: " + e.getMessage());
        }
    }

    /** The source of schemas, for tests; {@link #configure} makes the real one. */
    void use(WriterSchemas source) {
        schemas = source;
    }

    /**
     * The value's data; of null, a tombstone, null without a schema.
     *
     * @throws DataException if this value will never be readable; it says the subject and the id
     * @throws org.apache.kafka.connect.errors.RetriableException if the registry gives no answer
     */
    @Override
    public SchemaAndValue toConnectData(String topic, byte[] value) {
        if (value == null) {
            return SchemaAndValue.NULL;
        }
        if (value.length < HEADER_BYTES || value[0] != MAGIC_BYTE) {
            throw new DataException(
                    "a value of "
                            + topic
                            + " is not in the registry's wire format (a zero byte, then the"
                            + " schema's id): it has "
                            + value.length
                            + " bytes"
                            + (value.length == 0 ? "" : " and begins with " + value[0])
                            + ". Its producer does not use the registry's serializer");
        }
        int id = ByteBuffer.wrap(value).getInt(1);
        try {
            Reading reading = readings.computeIfAbsent(id, this::reading);
            return new SchemaAndValue(reading.layout(), read(reading, value));
        } catch (DataException e) {
            throw new DataException(
                    "a value of "
                            + topic
                            + " (subject "
                            + topic
                            + "-value, schema id "
                            + id
                            + ") cannot be read: "
                            + e.getMessage(),
                    e);
        }
    }

    @Override
    public byte[] fromConnectData(String topic, Schema schema, Object value) {
        throw new DataException(
                "AvroConverter reads only, for sink connectors; a source connector needs another"
                        + " converter");
    }

    @Override
    public String version() {
        String version = AvroConverter.class.getPackage().getImplementationVersion();
        return version == null ? "unknown" : version;
    }

    private Reading reading(int id) {
        return Reading.of(schemas.byId(id));
    }

    private Object read(Reading reading, byte[] value) {
        decoder.begin(value, HEADER_BYTES, value.length - HEADER_BYTES);
        Object datum;
        int left;
        try {
            datum = reading.reader().read(null, decoder);
        } catch (IOException | RuntimeException e) {
            throw new DataException("its body is no " + reading.writer().getName() + ": " + e, e);
        } finally {
            left = decoder.finish();
        }
        if (left > 0) {
            throw new DataException(
                    left + " bytes are left behind its " + reading.writer().getName());
        }
        return ValueLayout.of(reading.writer(), reading.layout(), datum);
    }
}
