package io.exitpool.streams.allocation;

import io.exitpool.core.pool.PoolConfig;
import io.exitpool.schemas.topic.Topics;
import io.exitpool.streams.codec.Said;
import io.exitpool.streams.input.BadRecordException;
import io.exitpool.streams.input.DeadLetter.Reason;
import io.exitpool.streams.input.ServerKey;
import java.util.Optional;
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

    Heard read(Record<byte[], Said> record, RecordMetadata metadata) throws BadRecordException {
        byte[] key = record.key();
        int partition = metadata.partition();
        Said value = record.value();
        if (value == null) {
            return nothing(key, partition, metadata.topic());
        }
        if (value instanceof Said.Event said) {
            return new Heard.Event(server(key, partition), said.event());
        }
        if (value instanceof Said.Tick tick) {
            return tick(key, tick.partition(), partition);
        }
        String server = server(key, partition);
        if (value instanceof Said.Bad bad) {
            throw new BadRecordException(Reason.BAD_VALUE, bad.reason());
        }
        PoolConfig config = ((Said.Config) value).config();
        return new Heard.Config(server, Optional.of(config));
    }

    /** No value is a tombstone where configurations are: the server is configured no more. */
    private Heard nothing(byte[] key, int partition, String topic) throws BadRecordException {
        if (topic.equals(Topics.SESSION_EVENTS.name())) {
            throw new BadRecordException(Reason.NO_VALUE, "an event without a value");
        }
        return new Heard.Config(server(key, partition), Optional.empty());
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
