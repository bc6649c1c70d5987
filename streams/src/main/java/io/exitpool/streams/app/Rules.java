package io.exitpool.streams.app;

import io.exitpool.core.alert.AlertSettings;
import io.exitpool.core.alert.DeskSettings;
import io.exitpool.core.pool.AllocationSettings;
import io.exitpool.core.stats.StatsSettings;

/** The rules' settings, which operators do not touch; tests and the demo do. */
public record Rules(
        AllocationSettings allocation,
        StatsSettings stats,
        AlertSettings alerts,
        DeskSettings desk) {
    public static final Rules DEFAULT =
            new Rules(
                    AllocationSettings.DEFAULT,
                    StatsSettings.DEFAULT,
                    AlertSettings.DEFAULT,
                    DeskSettings.DEFAULT);
}
