package io.exitpool.operator.alerts;

import io.exitpool.schemas.Alert;
import io.exitpool.schemas.AlertKind;
import io.exitpool.schemas.AlertState;
import io.exitpool.schemas.connection.TopicReader.Entry;
import io.exitpool.schemas.topic.Topics;
import io.exitpool.schemas.wire.UndecodableException;
import java.util.List;
import java.util.Optional;

/** Alerts as they come from the topic. */
final class Alerts {

    static final long NOON = 1_782_043_200_000L;

    private Alerts() {}

    static Alert open(String server, AlertKind kind, long openedAt) {
        return Alert.newBuilder()
                .setServer(server)
                .setKind(kind)
                .setEpisode(openedAt)
                .setState(AlertState.OPEN)
                .setOpenedAt(openedAt)
                .setValue(20.34567)
                .setThreshold(16.7)
                .setPeak(22)
                .setUnit("erlangs")
                .setSummary("The load is more than the size carries.")
                .setAdvice("Add 5 slots.")
                .setCity("sto")
                .build();
    }

    static Alert resolved(Alert open, long after) {
        Alert resolved = Alert.newBuilder(open).build();
        resolved.setState(AlertState.RESOLVED);
        resolved.setResolvedAt(open.getOpenedAt() + after);
        resolved.setDurationMillis(after);
        return resolved;
    }

    static Alert revised(Alert open, String cause, List<String> affected) {
        Alert revised = Alert.newBuilder(open).build();
        revised.setRevision(open.getRevision() + 1);
        revised.setCause(cause);
        revised.setAffected(affected);
        return revised;
    }

    static Entry<Alert> entry(Alert alert) {
        return entry(alert.getServer() + "/" + alert.getKind(), alert, Optional.empty());
    }

    static Entry<Alert> tombstone(String key) {
        return entry(key, null, Optional.empty());
    }

    static Entry<Alert> undecodable(String key) {
        return entry(
                key,
                null,
                Optional.of(
                        new UndecodableException(
                                UndecodableException.Reason.MALFORMED, "no record")));
    }

    private static Entry<Alert> entry(
            String key, Alert alert, Optional<UndecodableException> undecodable) {
        return new Entry<>(Topics.POOL_ALERTS.name(), 0, 0, NOON, key, alert, undecodable);
    }
}
