package io.exitpool.streams.app;

/** Why the allocation cannot start. Its message says what to do. */
public final class StartException extends RuntimeException {
    private final Kind kind;

    /** Who has to act. */
    public enum Kind {
        /** Kafka or the registry does not answer, or refuses. */
        UNREACHABLE,
        /** The topics or schemas are not there, or not as they must be. */
        NOT_PREPARED,
        /** This machine does not give what the settings ask of it. */
        LOCAL
    }

    StartException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    StartException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
