package io.exitpool.streams.app;

import io.exitpool.schemas.connection.ConnectionOptions;
import io.exitpool.streams.app.StartException.Kind;
import io.exitpool.streams.config.AppConfig;
import io.exitpool.streams.config.HostPort;
import io.exitpool.streams.config.InvalidSettingException;
import io.exitpool.streams.config.Setting;
import io.exitpool.streams.config.SettingsReader;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code exitpool run}: one instance of Exitpool, until it is told to stop. */
@Command(
        name = "run",
        description = {
            "Runs the allocation (session events and pool configurations in, decisions and pool"
                    + " status out) and the insight (decisions and pool status in, statistics and"
                    + " alerts out). Start it on several machines to share the servers.",
            "Every setting can also stand in the file of --config or in the environment; see"
                    + " docs/configuration.md. SIGTERM stops it within 5 seconds."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:it was told to stop (143 when by SIGTERM, as of every JVM)",
            "1:topics or schemas are not prepared, or it stopped over an error",
            "2:wrong usage or settings",
            "3:Kafka or the schema registry cannot be reached"
        })
public final class RunCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);
    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int UNREACHABLE = 3;

    @Spec private CommandSpec spec;
    @Mixin private ConnectionOptions connection;

    @Option(
            names = "--state-dir",
            paramLabel = "DIR",
            description = "Directory of the stores. Default: exitpool-state.")
    private String stateDir;

    @Option(
            names = "--http",
            paramLabel = "HOST:PORT",
            description =
                    "Where health, metrics and pool status are served, or off. Default:"
                            + " 127.0.0.1:8080.")
    private String http;

    @Option(
            names = "--instance-id",
            paramLabel = "NAME",
            description =
                    "This instance's name, unique and the same after a restart: its servers wait"
                            + " for it a moment instead of moving. Default: none.")
    private String instanceId;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads that share this instance's servers. Default: 1.")
    private String threads;

    @Option(
            names = "--only",
            paramLabel = "PART",
            description = "Runs one part only: allocation or insight. Default: both.")
    private String only;

    @Override
    public Integer call() throws InterruptedException {
        AppConfig config;
        try {
            config = SettingsReader.read(connection.settings(), System.getenv(), options());
        } catch (InvalidSettingException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        return run(config);
    }

    private int run(AppConfig config) throws InterruptedException {
        try (ExitpoolApp app = ExitpoolApp.start(config)) {
            Thread stop = new Thread(app::close, "exitpool-stop");
            Runtime.getRuntime().addShutdownHook(stop);
            LOG.info(
                    "Starting {}; HTTP: {}",
                    config.parts(),
                    app.httpAddress().map(HostPort::toString).orElse("off"));
            return app.awaitStopped() ? OK : FAILED;
        } catch (StartException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return e.kind() == Kind.UNREACHABLE ? UNREACHABLE : FAILED;
        }
    }

    private Map<Setting, String> options() {
        Map<Setting, String> given = new EnumMap<>(Setting.class);
        put(given, Setting.STATE_DIR, stateDir);
        put(given, Setting.ONLY, only);
        put(given, Setting.HTTP_LISTEN, http);
        put(given, Setting.GROUP_INSTANCE_ID, instanceId);
        put(given, Setting.NUM_STREAM_THREADS, threads);
        return given;
    }

    private static void put(Map<Setting, String> given, Setting setting, String value) {
        if (value != null) {
            given.put(setting, value);
        }
    }
}
