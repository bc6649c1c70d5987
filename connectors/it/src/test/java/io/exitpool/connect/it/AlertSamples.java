package io.exitpool.connect.it;

import io.exitpool.schemas.Alert;
import io.exitpool.schemas.AlertKind;
import io.exitpool.schemas.AlertState;
import java.time.Duration;
import java.util.List;

/** Alerts as insight writes them, that opened a minute ago. */
final class AlertSamples {

    static final AlertKind KIND = AlertKind.EXHAUSTED;

    private static final long OPENED =
            System.currentTimeMillis() - Duration.ofMinutes(1).toMillis();

    private AlertSamples() {}

    static String key(String server) {
        return server + "/" + KIND;
    }

    static Alert open(String server) {
        return Alert.newBuilder()
                .setServer(server)
                .setKind(KIND)
                .setEpisode(OPENED)
                .setState(AlertState.OPEN)
                .setRevision(0)
                .setOpenedAt(OPENED)
                .setValue(6.6)
                .setThreshold(0)
                .setPeak(23)
                .setUnit("percent of the first attempts of the last 5 minutes")
                .setSummary("Starts are rejected.")
                .setCause("The load grew.")
                .setAdvice("Add slots.")
                .setAffected(List.of("se-sto-wg-999/" + KIND))
                .setCountry("se")
                .setCity("se-sto")
                .build();
    }

    static Alert resolved(String server) {
        long now = System.currentTimeMillis();
        Alert alert = open(server);
        alert.setState(AlertState.RESOLVED);
        alert.setResolvedAt(now);
        alert.setDurationMillis(now - OPENED);
        return alert;
    }
}
