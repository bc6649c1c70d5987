package io.exitpool.schemas.wire;

import java.util.Objects;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Bytes that no retry will make readable: a dead letter. Everything else that can go wrong while a
 * record is read (the registry is down, or refuses) is another exception, so a handler that
 * continues after this one and fails after all others loses nothing.
 */
public final class UndecodableException extends SerializationException {

    /** Why the bytes cannot be read, for headers and counters. */
    public enum Reason {
        /** Fewer than the 5 bytes of magic byte and schema id. */
        TOO_SHORT,
        /** The first byte is not 0: not the Confluent wire format. */
        WRONG_MAGIC_BYTE,
        /** The registry has no schema of this id. */
        UNKNOWN_SCHEMA,
        /** The writer's schema, or the variant that this record uses, is none that we can read. */
        INCOMPATIBLE_SCHEMA,
        /** The body ends before the record does, or names a length beyond its end. */
        TRUNCATED,
        /** The body goes on after the record. */
        TRAILING_BYTES,
        /** The body is not a record of its schema. */
        MALFORMED
    }

    private final Reason reason;

    public UndecodableException(Reason reason, String message) {
        this(reason, message, null);
    }

    public UndecodableException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    public Reason reason() {
        return reason;
    }
}
