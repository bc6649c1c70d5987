package io.exitpool.streams.allocation;

import io.exitpool.schemas.PoolConfig;
import io.exitpool.schemas.SessionEvent;
import io.exitpool.schemas.topic.Topics;
import io.exitpool.streams.codec.BadValueException;
import io.exitpool.streams.codec.ConfigCodec;
import io.exitpool.streams.codec.EventCodec;
import io.exitpool.streams.input.BadRecordException;
import io.exitpool.streams.input.DeadLetter.Reason;
import io.exitpool.streams.input.ServerKey;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Tells good records from bad ones: a key that is a server's name, on that server's partition, and
 * a value that can be. A record on another partition would give the server a second pool there, and
 * its addresses to two sessions.
 */
final class RecordReader {
    private final int partitions;

    RecordReader(int partitions) {
        this.partitions = partitions;
    }

    Heard read(Record<byte[], SpecificRecord> record, RecordMetadata metadata)
            throws BadRecordException {
        try {
            return metadata.topic().equals(Topics.SESSION_EVENTS.name())
                    ? event(record.key(), (SessionEvent) record.value(), metadata.partition())
                    : config(record.key(), (PoolConfig) record.value(), metadata.partition());
        } catch (BadValueException e) {
            throw new BadRecordException(Reason.BAD_VALUE, e.getMessage());
        }
    }

    private Heard event(byte[] key, SessionEvent value, int partition) throws BadRecordException {
        if (value == null) {
            throw new BadRecordException(Reason.NO_VALUE, "an event without a value");
        }
        OptionalInt tick = EventCodec.tickPartition(value);
        if (tick.isPresent()) {
            return tick(key, tick.getAsInt(), partition);
        }
        return new Heard.Event(server(key, partition), EventCodec.decode(value));
    }

    /** A value that is null is a tombstone here: the server is configured no more. */
    private Heard config(byte[] key, PoolConfig value, int partition) throws BadRecordException {
        return new Heard.Config(
                server(key, partition), Optional.ofNullable(value).map(ConfigCodec::decode));
    }

    /** Another partition's Tick would bring its time with it. */
    private static Heard tick(byte[] key, int ticked, int partition) throws BadRecordException {
        if (ticked != partition) {
            throw new BadRecordException(
                    Reason.STRAY_TICK, "a Tick of partition " + ticked + " on " + partition);
        }
        if (key != null) {
            throw new BadRecordException(Reason.STRAY_TICK, "a Tick with a key");
        }
        return new Heard.Tick();
    }

    private String server(byte[] key, int partition) throws BadRecordException {
        return ServerKey.read(key, partition, partitions);
    }
}
