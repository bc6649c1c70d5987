package io.exitpool.core.alert;

import io.exitpool.core.pool.PoolStatus;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The alerts of one server: a machine a kind, and whether its agent is quiet, which is no alert but
 * may explain the neighbours'. The same situations give the same signals; what must outlive a
 * restart is in {@link #states()}.
 */
public final class ServerAlerts {
    private final AlertSettings settings;
    private final Map<AlertKind, AlertMachine> machines = new EnumMap<>(AlertKind.class);
    private OptionalLong quietSince = OptionalLong.empty();

    public ServerAlerts(AlertSettings settings) {
        this.settings = settings;
        for (AlertKind kind : AlertKind.values()) {
            machines.put(kind, new AlertMachine(kind));
        }
    }

    /** Goes on where {@link #states()} was taken; a kind without a state begins anew. */
    public static ServerAlerts restore(AlertSettings settings, List<AlertState> states) {
        ServerAlerts alerts = new ServerAlerts(settings);
        for (AlertState state : states) {
            alerts.machines.put(state.kind(), new AlertMachine(state));
            if (state.quietSince().isPresent()) {
                alerts.quietSince = state.quietSince();
            }
        }
        return alerts;
    }

    /** Judges the situation; the signals are in the order in which the desk must hear them. */
    public List<AlertSignal> evaluate(Situation situation) {
        List<AlertSignal> signals = new ArrayList<>();
        listen(situation.status(), signals);
        for (AlertMachine machine : machines.values()) {
            machine.evaluate(situation, settings).ifPresent(signals::add);
        }
        return signals;
    }

    /** What {@link #restore} needs: a state for each kind of which there is something to know. */
    public List<AlertState> states() {
        List<AlertState> states = new ArrayList<>();
        machines.forEach(
                (kind, machine) -> {
                    OptionalLong quiet =
                            kind == AlertKind.SERVER_SILENT ? quietSince : OptionalLong.empty();
                    if (!machine.untouched() || quiet.isPresent()) {
                        states.add(machine.state(quiet));
                    }
                });
        return states;
    }

    /** A server whose configuration is gone owes nobody a snapshot. */
    private void listen(PoolStatus status, List<AlertSignal> signals) {
        boolean quiet =
                status.configVersion().isPresent()
                        && status.silentMillis() >= settings.serverSilent().quietMillis();
        if (quiet && quietSince.isEmpty()) {
            quietSince = OptionalLong.of(status.watermark());
            signals.add(
                    new AlertSignal.Quiet(
                            status.watermark(),
                            status.silentMillis(),
                            settings.serverSilent().quietMillis()));
        } else if (!quiet && quietSince.isPresent()) {
            quietSince = OptionalLong.empty();
            signals.add(new AlertSignal.Heard(status.watermark()));
        }
    }
}
