package io.exitpool.core.alert;

/**
 * Takes what an {@link AlertDesk} tells and the rows that it must find again, in the order it
 * happened.
 */
public interface DeskSink {
    /** Told: opened, told again, or resolved. */
    void alert(Alert alert);

    /** Nobody needs the alert's last record any more. */
    void tombstone(String server, AlertKind kind);

    void standing(StandingAlert row);

    void standingGone(AlertKey key);

    void quiet(QuietServer row);

    void quietGone(String server);

    void closed(ClosedAlert row);

    void closedGone(AlertKey key);
}
