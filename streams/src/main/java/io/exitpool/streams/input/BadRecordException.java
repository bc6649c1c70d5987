package io.exitpool.streams.input;

/** A record that is a dead letter. Its message says why, without the record's content. */
public final class BadRecordException extends Exception {
    private final DeadLetter.Reason reason;

    public BadRecordException(DeadLetter.Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public DeadLetter.Reason reason() {
        return reason;
    }
}
