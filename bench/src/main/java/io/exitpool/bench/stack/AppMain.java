package io.exitpool.bench.stack;

import io.exitpool.bench.jvm.Child;
import io.exitpool.streams.app.ExitpoolApp;
import io.exitpool.streams.config.AppConfig;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** The child that {@link App} starts: Exitpool under its own rules. Arguments: settings. */
public final class AppMain {
    static final String RUNNING = "running";

    private static final Duration RUNNING_WITHIN = Duration.ofMinutes(10);
    private static final int FAILED = 1;

    private AppMain() {}

    public static void main(String[] args) throws InterruptedException {
        Child.endWithParent();
        ExitpoolApp app = ExitpoolApp.start(AppConfig.of(settings(args)));
        Runtime.getRuntime().addShutdownHook(new Thread(app::close, "bench-stop"));
        app.awaitRunning(RUNNING_WITHIN);
        sayRunning();
        if (!app.awaitStopped()) {
            System.exit(FAILED);
        }
    }

    /** What {@link App#awaitRunning} waits for. */
    public static void sayRunning() {
        Child.say(RUNNING);
    }

    /** Arguments of the form {@code key=value}. */
    public static Map<String, String> settings(String[] args) {
        Map<String, String> settings = new TreeMap<>();
        for (String arg : args) {
            int equals = arg.indexOf('=');
            settings.put(arg.substring(0, equals), arg.substring(equals + 1));
        }
        return settings;
    }
}
