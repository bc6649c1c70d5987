package io.exitpool.core.alert;

import java.util.OptionalLong;

/**
 * What a server's alert of one kind must remember.
 *
 * @param episode the last one, open or not; 0 before the first
 * @param heldMillis counted time for which the condition to open, or when it is open that to close,
 *     has held; none while it does not hold
 * @param peak the worst value of the open episode; 0 when none is open
 * @param quietSince of SERVER_SILENT: when the server missed a snapshot
 */
public record AlertState(
        AlertKind kind,
        boolean open,
        long episode,
        OptionalLong heldMillis,
        double peak,
        OptionalLong quietSince) {}
