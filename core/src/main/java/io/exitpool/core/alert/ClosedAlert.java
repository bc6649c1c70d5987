package io.exitpool.core.alert;

/**
 * A row of the {@link AlertDesk}: what is kept of an alert that is over, so that it is not told
 * twice and its record goes in the end.
 *
 * @param episode the last one that was told, or would have been
 * @param lastSignal the server's own last episode; 0 when it had none
 * @param at when it was over, in milliseconds since 1970
 * @param told a record of it may stand in the topic
 */
public record ClosedAlert(AlertKey key, long episode, long lastSignal, long at, boolean told) {}
