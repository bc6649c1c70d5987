package io.exitpool.streams.insight;

import io.exitpool.core.alert.AlertSettings;
import io.exitpool.core.alert.DeskSettings;
import io.exitpool.core.stats.StatsSettings;
import io.exitpool.schemas.wire.Wire;
import io.exitpool.streams.input.DeadLetters;
import java.util.Objects;

/**
 * What the topology is made from.
 *
 * @param wire the values' serdes
 * @param stats the windows' settings
 * @param alerts the alerts' settings
 * @param desk the storms' settings
 * @param partitions partitions of every topic that is keyed by server
 * @param monitor hears what happens
 * @param deadLetters counts what cannot be read or believed
 */
public record InsightParts(
        Wire wire,
        StatsSettings stats,
        AlertSettings alerts,
        DeskSettings desk,
        int partitions,
        InsightMonitor monitor,
        DeadLetters deadLetters) {
    public InsightParts {
        Objects.requireNonNull(wire, "wire");
        Objects.requireNonNull(stats, "stats");
        Objects.requireNonNull(alerts, "alerts");
        Objects.requireNonNull(desk, "desk");
        Objects.requireNonNull(monitor, "monitor");
        Objects.requireNonNull(deadLetters, "deadLetters");
        if (partitions < 1) {
            throw new IllegalArgumentException("partitions must be at least 1, not " + partitions);
        }
    }
}
