package io.exitpool.core.alert;

import io.exitpool.core.pool.PoolStatus;
import java.util.Optional;

/**
 * The server's agent sent no complete snapshot for so long that several are missing, or never since
 * the server was configured. Silence is counted in the partition's own time: while the allocation
 * is down nothing is silent, and a server whose configuration is gone may be.
 */
final class ServerSilentRule implements AlertRule {
    @Override
    public Optional<Reading> read(Situation situation, AlertSettings settings) {
        PoolStatus status = situation.status();
        if (status.configVersion().isEmpty()) {
            return Optional.empty();
        }
        long openAt = settings.serverSilent().openMillis();
        return Reading.of(
                status.silentMillis() / 1000.0,
                openAt / 1000.0,
                status.silentMillis() >= openAt,
                status.silentMillis() < settings.serverSilent().quietMillis());
    }

    @Override
    public Hold hold(AlertSettings settings) {
        return new Hold(0, 0);
    }

    @Override
    public Story tell(Situation situation, AlertSettings settings, Reading reading) {
        PoolStatus status = situation.status();
        String summary =
                status.lastSnapshotAt().isPresent()
                        ? Wording.say(
                                "The server's agent has sent no snapshot for %.0f seconds; %d"
                                        + " sessions were open.",
                                reading.value(), status.sessions())
                        : "The server's agent has never sent a snapshot since it was configured.";
        return new Story(
                "seconds without a snapshot",
                summary,
                Optional.of("The server is down or cut off, or its agent does not run."),
                "See whether the server answers and whether its agent runs and reaches Kafka; take"
                        + " it out of the clients' server list until it does.");
    }
}
