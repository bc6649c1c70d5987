package io.exitpool.agent;

import io.exitpool.agent.protocol.AgentCounters;
import io.exitpool.agent.protocol.StickyWish;
import io.exitpool.agent.protocol.Wish;
import io.exitpool.agent.wireguard.Capture;
import io.exitpool.agent.wireguard.DetectorSettings;
import io.exitpool.agent.wireguard.DumpFormatException;
import io.exitpool.agent.wireguard.Observation;
import io.exitpool.schemas.connection.ConnectionOptions;
import io.exitpool.schemas.wire.RegistryException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of an exit server's agent: a capture or a live interface. */
@Command(
        name = "agent",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Reports the sessions of a WireGuard interface and follows the decisions about them.",
            "",
            "With --dumps it plays a capture of `wg show IF dump` (before each dump a line"
                    + " `### t=SEC epoch=SEC`; an empty block: the daemon was down) and prints its"
                    + " sessions. With --interface it watches this machine's interface until it is"
                    + " stopped; addresses are kept in memory, packets are not touched."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done; every event was delivered and answered",
            "1:events without an answer, another agent of the server, or topics that do not fit",
            "2:wrong usage, or a file that is no capture",
            "3:Kafka or the schema registry does not answer",
            "4:with --interface: another agent speaks for this server now"
        })
public final class AgentCommand implements Callable<Integer> {
    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final int UNREACHABLE = 3;

    /** Apart from other failures, because a service that started again would silence the other. */
    private static final int SUPERSEDED = 4;

    @Spec private CommandSpec command;

    @ArgGroup(multiplicity = "1")
    private Source source;

    /** Where dumps come from. */
    private static final class Source {
        @Option(names = "--dumps", paramLabel = "FILE", description = "Play this capture.")
        private Path dumps;

        @Option(
                names = "--interface",
                paramLabel = "IF",
                description = "Watch this interface with `wg show IF dump` (needs root).")
        private String networkInterface;
    }

    @Option(
            names = "--server",
            required = true,
            paramLabel = "NAME",
            description = "The exit server, such as se-sto-wg-208.")
    private String server;

    @Option(
            names = "--fast",
            description =
                    "Play the capture as fast as decisions come, in the capture's own time;"
                            + " otherwise in real time.")
    private boolean fast;

    @Option(
            names = "--poll",
            paramLabel = "DURATION",
            defaultValue = "1s",
            converter = DurationConverter.class,
            description = "How often --interface looks. Default: ${DEFAULT-VALUE}.")
    private Duration poll;

    @Option(
            names = "--idle-after",
            paramLabel = "DURATION",
            defaultValue = "180s",
            converter = DurationConverter.class,
            description =
                    "A session ends when nothing was received for this long, whatever its"
                        + " handshake. Not below 75s when clients keep alive every 25 s. Default:"
                        + " ${DEFAULT-VALUE}.")
    private Duration idleAfter;

    @Option(
            names = "--quiet-after",
            paramLabel = "DURATION",
            defaultValue = "10s",
            converter = DurationConverter.class,
            description =
                    "A session whose handshake is older than 180 s ends when nothing was received"
                            + " for this long. Raise it together with --idle-after to keep idle"
                            + " clients' addresses longer. Default: ${DEFAULT-VALUE}.")
    private Duration quietAfter;

    @Option(
            names = "--sticky",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description =
                    "Ask for the same slot for the same peer, for this long at most: the salt that"
                        + " chooses it is in memory and drawn anew then. Default: ask for none.")
    private Duration sticky;

    @Option(
            names = "--state-dir",
            paramLabel = "DIR",
            description =
                    "Where the last epoch is kept, and nothing else. Default: it is not kept; the"
                            + " clock and the allocator's status must do.")
    private Path stateDir;

    @Option(
            names = "--wg",
            paramLabel = "PROGRAM",
            defaultValue = "wg",
            description = "The wg program. Default: ${DEFAULT-VALUE}.")
    private String wg;

    @Option(names = "--json", description = "JSON instead of text.")
    private boolean json;

    @Mixin private ConnectionOptions connection;

    @Override
    public Integer call() {
        checkUsage();
        try {
            return source.dumps == null ? watch() : replay();
        } catch (AgentException e) {
            return failed(FAILED, e.getMessage());
        } catch (RegistryException e) {
            return failed(UNREACHABLE, e.getMessage());
        } catch (KafkaException e) {
            return failed(UNREACHABLE, reason(e) + ". Check --bootstrap and --config");
        }
    }

    private static String reason(KafkaException e) {
        String cause = e.getCause() == null ? null : e.getCause().getMessage();
        return cause == null ? e.getMessage() : e.getMessage() + " (" + cause + ")";
    }

    private void checkUsage() {
        try {
            Server.checked(server);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), "--server: " + e.getMessage(), e);
        }
        if (fast && source.dumps == null) {
            throw new ParameterException(command.commandLine(), "--fast needs --dumps");
        }
    }

    private int replay() {
        List<Observation> capture = capture();
        DumpReplay.Options options =
                new DumpReplay.Options(
                        fast,
                        detector(),
                        wish(),
                        Optional.ofNullable(stateDir),
                        DumpReplay.Options.FAST.answerWithin());
        DumpReplay replay = DumpReplay.open(connection.connect(), server, capture, options);
        StopSignal signal = StopSignal.calls(replay::stop);
        try {
            ReplayResult result = replay.play();
            out().print(json ? ReplayReport.json(result) + "\n" : ReplayReport.text(result));
            out().flush();
            return result.complete() ? OK : FAILED;
        } finally {
            signal.close();
        }
    }

    private List<Observation> capture() {
        try (Reader reader = Files.newBufferedReader(source.dumps)) {
            return Capture.read(reader);
        } catch (NoSuchFileException e) {
            throw usage("--dumps: there is no file " + source.dumps, e);
        } catch (IOException | DumpFormatException e) {
            throw usage("--dumps: " + source.dumps + ": " + e.getMessage(), e);
        }
    }

    private ParameterException usage(String message, Exception cause) {
        return new ParameterException(command.commandLine(), message, cause);
    }

    private int watch() {
        LiveInterface.Options options =
                new LiveInterface.Options(
                        wg,
                        source.networkInterface,
                        poll,
                        detector(),
                        wish(),
                        Optional.ofNullable(stateDir));
        LiveInterface live = LiveInterface.open(connection.connect(), server, options);
        StopSignal signal = StopSignal.calls(live::stop);
        try {
            boolean superseded = live.run(link -> report(live, link));
            return superseded ? failed(SUPERSEDED, ReplayReport.superseded(server)) : OK;
        } finally {
            signal.close();
        }
    }

    /** One line a minute, of numbers only. */
    private void report(LiveInterface live, AgentLink link) {
        AgentCounters counters = link.agent().counters();
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("server", server);
        line.put("sessions", link.agent().sessions());
        line.put("withAddress", live.mapped());
        line.put("unanswered", link.agent().unanswered());
        line.put("undelivered", link.undelivered());
        line.putAll(ReplayReport.json(counters));
        if (json) {
            out().println(ReplayReport.written(line));
        } else {
            line.remove("server");
            out().println(server + " " + line);
        }
        out().flush();
    }

    private DetectorSettings detector() {
        DetectorSettings defaults = DetectorSettings.DEFAULT;
        return new DetectorSettings(
                defaults.rejectAfter(),
                seconds(quietAfter),
                seconds(idleAfter),
                defaults.downAfter(),
                defaults.forgetAfter());
    }

    private static long seconds(Duration duration) {
        return Math.max(1, duration.toSeconds());
    }

    private Wish wish() {
        return sticky == null ? Wish.NONE : new StickyWish(new SecureRandom(), sticky);
    }

    private int failed(int code, String message) {
        command.commandLine().getErr().println("exitpool agent: " + message);
        command.commandLine().getErr().flush();
        return code;
    }

    private PrintWriter out() {
        return command.commandLine().getOut();
    }
}
