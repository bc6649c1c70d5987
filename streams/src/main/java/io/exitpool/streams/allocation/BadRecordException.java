package io.exitpool.streams.allocation;

/** A record that is a dead letter. Its message says why, without the record's content. */
final class BadRecordException extends Exception {
    private final DeadLetter.Reason reason;

    BadRecordException(DeadLetter.Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    DeadLetter.Reason reason() {
        return reason;
    }
}
