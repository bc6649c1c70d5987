package io.exitpool.demo;

import io.exitpool.agent.DumpReplay;
import io.exitpool.agent.ReplayReport;
import io.exitpool.agent.ReplayResult;
import io.exitpool.agent.wireguard.Capture;
import io.exitpool.agent.wireguard.DumpFormatException;
import io.exitpool.agent.wireguard.Observation;
import io.exitpool.demo.stack.LocalExitpool;
import io.exitpool.demo.stack.LocalStack;
import io.exitpool.demo.stack.StateDirectory;
import io.exitpool.operator.pools.Limits;
import io.exitpool.operator.pools.PoolsFile;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The demo with a capture: one server, one pool, and the real session detection. */
final class DumpDemo {

    private static final int OK = 0;
    private static final int FAILED = 1;

    /** As large as a dozen peers need, dual stack. */
    private static final String POOL =
            """
            servers:
              %s:
                v4: [203.0.113.1-203.0.113.30]
                v6: ["2001:db8:5::1-2001:db8:5::1e"]
            """;

    private final DemoSettings settings;
    private final Progress progress;
    private final PrintStream out;
    private final boolean json;

    DumpDemo(DemoSettings settings, Progress progress, PrintStream out, boolean json) {
        this.settings = settings;
        this.progress = progress;
        this.out = out;
        this.json = json;
    }

    /** Replays the capture and audits what came of it; the exit code. */
    int run(Path dumps, String server) {
        List<Observation> capture = read(dumps);
        StateDirectory state = StateDirectory.open(settings.stateDir());
        try (StopSignal stop = new StopSignal(state::close);
                state;
                LocalStack stack = DemoStack.start(state.path(), settings.ports(), progress)) {
            DemoPools.apply(
                    stack.connection(),
                    PoolsFile.parse(POOL.formatted(server), Limits.STANDARD),
                    1);
            progress.step("pool        " + server);
            try (LocalExitpool exitpool =
                    LocalExitpool.start(
                            stack.connection(),
                            state.path(),
                            settings.httpPort(),
                            1,
                            settings.only())) {
                progress.step("exitpool    " + exitpool.url());
                progress.step("replaying   %d dumps".formatted(capture.size()));
                ReplayResult result =
                        DumpReplay.open(
                                        stack.connection(),
                                        server,
                                        capture,
                                        DumpReplay.Options.FAST)
                                .play();
                progress.step("replayed");
                return report(result, DemoAudit.run(stack.connection(), stop, Duration.ZERO));
            }
        }
    }

    private int report(ReplayResult result, Optional<AuditResult> audit) {
        String verdict = audit.map(AuditResult::text).orElse(AuditResult.SKIPPED);
        if (json) {
            out.println(ReplayReport.json(result));
            progress.say(verdict);
        } else {
            out.print(ReplayReport.text(result));
            out.println(verdict);
        }
        out.flush();
        boolean clean = audit.map(AuditResult::violations).map(Map::isEmpty).orElse(true);
        return result.complete() && clean ? OK : FAILED;
    }

    private static List<Observation> read(Path dumps) {
        try (Reader reader = Files.newBufferedReader(dumps)) {
            return Capture.read(reader);
        } catch (IOException | DumpFormatException e) {
            throw new DemoException("--dumps: " + dumps + ": " + e.getMessage(), e);
        }
    }
}
