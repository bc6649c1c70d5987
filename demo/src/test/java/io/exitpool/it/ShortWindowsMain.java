package io.exitpool.it;

import io.exitpool.core.alert.AlertSettings;
import io.exitpool.core.alert.DeskSettings;
import io.exitpool.core.pool.AllocationSettings;
import io.exitpool.core.stats.StatsSettings;
import io.exitpool.streams.app.ExitpoolApp;
import io.exitpool.streams.app.Rules;
import io.exitpool.streams.config.AppConfig;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/** An instance whose minutes are short, as a program of its own. */
final class ShortWindowsMain {
    private static final double FASTER_ALERTS = 10;
    private static final long STATUS_EVERY_MILLIS = 1_000;
    private static final long MISSING_AFTER_MILLIS = 5_000;

    private ShortWindowsMain() {}

    public static void main(String[] arguments) throws Exception {
        Properties file = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(arguments[0]))) {
            file.load(reader);
        }
        Map<String, String> settings = new HashMap<>();
        file.stringPropertyNames().forEach(key -> settings.put(key, file.getProperty(key)));
        Rules rules = rules(Long.parseLong(arguments[1]));
        try (ExitpoolApp app = ExitpoolApp.start(AppConfig.of(settings), rules)) {
            app.awaitStopped();
        }
    }

    /** What is told once a minute is told as often as that; silence and holds are a tenth. */
    static Rules rules(long minuteMillis) {
        AllocationSettings real = AllocationSettings.DEFAULT;
        StatsSettings stats = StatsSettings.DEFAULT;
        return new Rules(
                new AllocationSettings(
                        real.maxCountedGapMillis(),
                        STATUS_EVERY_MILLIS,
                        real.maxEpochAheadMillis(),
                        real.maxClockSkewMillis(),
                        real.minRetryAfterMillis(),
                        real.maxRetryAfterMillis(),
                        real.failFast()),
                new StatsSettings(
                        minuteMillis,
                        stats.k(),
                        stats.maxHeldMillis(),
                        stats.maxWaitMillis(),
                        stats.maxWaitingStatuses(),
                        stats.maxWaitingFacts(),
                        stats.maxCatchUpMinutes(),
                        STATUS_EVERY_MILLIS,
                        MISSING_AFTER_MILLIS),
                AlertSettings.DEFAULT.dividedBy(FASTER_ALERTS),
                DeskSettings.DEFAULT.dividedBy(FASTER_ALERTS));
    }
}
