package io.exitpool.streams.codec;

import io.exitpool.core.alert.Alert;
import io.exitpool.schemas.AlertKind;
import io.exitpool.schemas.AlertState;
import java.util.OptionalLong;

/** Alerts, as they are written. */
public final class AlertCodec {

    private AlertCodec() {}

    public static io.exitpool.schemas.Alert encode(Alert alert) {
        return io.exitpool.schemas.Alert.newBuilder()
                .setServer(alert.server())
                .setKind(AlertKind.valueOf(alert.kind().name()))
                .setEpisode(alert.episode())
                .setState(alert.open() ? AlertState.OPEN : AlertState.RESOLVED)
                .setRevision(alert.revision())
                .setOpenedAt(alert.openedAt())
                .setResolvedAt(orNull(alert.resolvedAt()))
                .setDurationMillis(orNull(alert.durationMillis()))
                .setValue(alert.value())
                .setThreshold(alert.threshold())
                .setPeak(alert.peak())
                .setUnit(alert.unit())
                .setSummary(alert.summary())
                .setCause(alert.cause().orElse(null))
                .setAdvice(alert.advice())
                .setCausedBy(alert.causedBy().orElse(null))
                .setAffected(alert.affected())
                .setCountry(alert.place().country().orElse(null))
                .setCity(alert.place().city().orElse(null))
                .build();
    }

    private static Long orNull(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }
}
