package io.exitpool.connect.dns.decision;

import io.exitpool.connect.dns.name.InetAddresses;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Reads news from decisions and pool configurations. Fields are read by name, whatever converter
 * made the record; the session is not among them.
 */
public final class RecordReader {

    private static final String PASSED_ON = "PASSED_ON";

    private final String configsTopic;

    /**
     * A reader.
     *
     * @param configsTopic the topic of pool configurations; all others carry decisions
     */
    public RecordReader(String configsTopic) {
        this.configsTopic = configsTopic;
    }

    /**
     * What the record says.
     *
     * @throws DataException if it is not what its topic should carry
     */
    public News read(SinkRecord record) {
        if (!(record.key() instanceof String server) || server.isEmpty()) {
            throw new DataException(
                    "the key is no server's name; set key.converter to"
                            + " org.apache.kafka.connect.storage.StringConverter");
        }
        try {
            return record.topic().equals(configsTopic)
                    ? config(server, record.value())
                    : decision(server, record.value());
        } catch (IllegalArgumentException e) {
            throw new DataException(e.getMessage(), e);
        }
    }

    private static News config(String server, Object value) {
        if (value == null) {
            return new News.Configured(server, List.of());
        }
        List<Object> ranges = struct(value).getArray("slots");
        return new News.Configured(
                server, ranges.stream().map(range -> range(struct(range))).toList());
    }

    private static SlotRange range(Struct range) {
        return SlotRange.of(
                range.getInt32("firstId"),
                range.getInt32("count"),
                Optional.ofNullable(range.getBytes("firstV4")),
                Optional.ofNullable(range.getBytes("firstV6")));
    }

    private static News decision(String server, Object value) {
        Struct outcome = struct(value).getStruct("outcome");
        if (outcome == null) {
            throw new DataException("a decision without an outcome");
        }
        Optional<Struct> granted = branch(outcome, "Granted");
        if (granted.isPresent()) {
            return granted(server, granted.get());
        }
        return branch(outcome, "Released")
                .map(released -> released(server, released))
                .orElseGet(News.Nothing::new);
    }

    private static News granted(String server, Struct granted) {
        return new News.Granted(
                new SlotKey(server, granted.getInt32("slot")),
                Stream.of("v4", "v6")
                        .map(granted::getBytes)
                        .flatMap(Stream::ofNullable)
                        .map(InetAddresses::of)
                        .toList());
    }

    /** A shared slot that others still use keeps its name, and so does a tunnel that goes on. */
    private static News released(String server, Struct released) {
        if (released.getInt32("loadAfter") > 0 || PASSED_ON.equals(released.getString("cause"))) {
            return new News.Nothing();
        }
        return new News.Emptied(new SlotKey(server, released.getInt32("slot")));
    }

    private static Optional<Struct> branch(Struct outcome, String name) {
        Field field = outcome.schema().field(name);
        return field == null ? Optional.empty() : Optional.ofNullable(outcome.getStruct(name));
    }

    private static Struct struct(Object value) {
        if (value instanceof Struct struct) {
            return struct;
        }
        throw new DataException(
                "the value is no record with fields; set value.converter to the one for Avro with a"
                        + " schema registry");
    }
}
