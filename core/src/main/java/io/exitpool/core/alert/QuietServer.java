package io.exitpool.core.alert;

import io.exitpool.core.stats.Place;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A row of the {@link AlertDesk}: a server that is quiet, or was a short while ago.
 *
 * @param since in milliseconds since 1970
 * @param silentMillis how long it had been silent by then
 * @param thresholdMillis the silence from which on it is quiet
 * @param heardAt when it was heard again, in milliseconds since 1970
 * @param explains the alert that was told before its cause was known and leads the storm
 */
public record QuietServer(
        String server,
        Place place,
        long since,
        long silentMillis,
        long thresholdMillis,
        OptionalLong heardAt,
        Optional<AlertKey> explains) {

    QuietServer heard(long at) {
        return new QuietServer(
                server, place, since, silentMillis, thresholdMillis, OptionalLong.of(at), explains);
    }

    QuietServer explaining(Optional<AlertKey> alert) {
        return new QuietServer(server, place, since, silentMillis, thresholdMillis, heardAt, alert);
    }

    double silentSeconds(long at) {
        return (silentMillis + Math.max(0, at - since)) / 1000.0;
    }
}
