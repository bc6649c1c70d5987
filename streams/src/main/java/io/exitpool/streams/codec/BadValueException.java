package io.exitpool.streams.codec;

/**
 * A value that could be decoded, but says what cannot be. Its message is a dead letter's reason: it
 * names the field and its limit, never what the record said of a session.
 */
public final class BadValueException extends RuntimeException {
    BadValueException(String reason) {
        super(reason);
    }

    BadValueException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
