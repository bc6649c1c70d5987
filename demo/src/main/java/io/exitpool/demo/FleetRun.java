package io.exitpool.demo;

import io.exitpool.demo.fleet.Fleet;
import io.exitpool.demo.fleet.FleetPlan;
import io.exitpool.demo.fleet.FleetTotals;
import io.exitpool.demo.fleet.Kernels;
import io.exitpool.demo.insight.InsightFollower;
import io.exitpool.demo.insight.InsightView;
import io.exitpool.demo.live.LiveTable;
import io.exitpool.demo.live.Screen;
import io.exitpool.schemas.connection.Connection;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * One run of the simulated fleet against an Exitpool that runs already, in this process or
 * elsewhere: from its agents' first word to the audit.
 */
final class FleetRun {

    private static final int OK = 0;
    private static final int FAILED = 1;
    private static final Duration REDRAW_EVERY = Duration.ofSeconds(1);
    private static final Duration NOTE_EVERY = Duration.ofSeconds(1);
    private static final Duration TELL_EVERY = Duration.ofSeconds(5);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    private static final Duration SETTLE_WITHIN = Duration.ofSeconds(15);

    /** What Ctrl-C leaves for the audit, of the five seconds in which all must have stopped. */
    private static final Duration HASTY_AUDIT = Duration.ofMillis(1_500);

    private final DemoSettings settings;
    private final Progress progress;
    private final PrintStream out;
    private final boolean json;

    FleetRun(DemoSettings settings, Progress progress, PrintStream out, boolean json) {
        this.settings = settings;
        this.progress = progress;
        this.out = out;
        this.json = json;
    }

    /**
     * Lets the fleet live until its time is over or somebody stops it, and audits what came of it.
     *
     * @param kernelsFile where the fleet's tunnels are kept from one run to the next
     * @return the exit code
     */
    int run(Path kernelsFile, Connection connection, DemoPools pools, StopSignal stop) {
        FleetPlan plan =
                new FleetPlan(
                        pools.servers(),
                        pools.slots(),
                        pools.leaseTtlMinutes(settings.speed()),
                        settings.seed(),
                        settings.speed(),
                        settings.rate());
        Kernels kernels = Kernels.read(kernelsFile);
        long start = System.nanoTime();
        FleetTotals totals;
        InsightView known;
        Duration elapsed;
        try (InsightFollower insight =
                        InsightFollower.start(connection, System.currentTimeMillis());
                Fleet fleet = Fleet.start(plan, connection, new DemoDesk(connection), kernels)) {
            progress.step(
                    "agents      %d, seed %d, speed %s%s"
                            .formatted(
                                    pools.count(),
                                    settings.seed(),
                                    settings.speed(),
                                    settings.duration().isEmpty() ? "; Ctrl-C stops" : ""));
            watch(fleet, insight, start, stop, kernelsFile);
            elapsed = Duration.ofNanos(System.nanoTime() - start);
            settle(fleet, stop);
            totals = fleet.totals();
            known = insight.view();
            fleet.kernels().write(kernelsFile);
        }
        return report(connection, pools, totals, known, elapsed, stop);
    }

    private int report(
            Connection connection,
            DemoPools pools,
            FleetTotals totals,
            InsightView known,
            Duration elapsed,
            StopSignal stop) {
        boolean interrupted = stop.isAsked();
        Optional<AuditResult> audit = DemoAudit.run(connection, stop, HASTY_AUDIT);
        DemoReport report =
                new DemoReport(settings, pools.count(), elapsed, totals, known, audit, interrupted);
        if (json) {
            report.lines().forEach(progress::say);
            out.println(report.json());
        } else {
            report.lines().forEach(out::println);
        }
        out.flush();
        return report.violations().isEmpty() ? OK : FAILED;
    }

    /** Shows the fleet until its time is over, it fails, or somebody stops it. */
    private void watch(
            Fleet fleet, InsightFollower insight, long start, StopSignal stop, Path kernelsFile) {
        long end = settings.duration().map(time -> start + time.toNanos()).orElse(Long.MAX_VALUE);
        Duration every = settings.columns().isPresent() ? REDRAW_EVERY : TELL_EVERY;
        Display display = new Display(fleet, insight, start);
        long next = start + every.toNanos();
        long nextNote = start + NOTE_EVERY.toNanos();
        while (!fleet.hasStopped() && !stop.isAsked() && System.nanoTime() < end) {
            if (System.nanoTime() >= next) {
                next += every.toNanos();
                display.show();
            }
            if (System.nanoTime() >= nextNote) {
                // A run that is killed goes on from here, too.
                nextNote += NOTE_EVERY.toNanos();
                fleet.kernels().write(kernelsFile);
            }
            stop.await(LOOK_EVERY);
        }
        display.show();
    }

    /** What people see while the fleet lives: a table, or lines where there is no terminal. */
    private final class Display {
        private final Fleet fleet;
        private final InsightFollower insight;
        private final long start;
        private final LiveTable table = new LiveTable(settings.columns().orElse(0), true);
        private final Screen screen = new Screen(out);
        private long alertsShown;

        Display(Fleet fleet, InsightFollower insight, long start) {
            this.fleet = fleet;
            this.insight = insight;
            this.start = start;
        }

        void show() {
            Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
            InsightView known = insight.view();
            if (settings.columns().isPresent()) {
                screen.draw(table.lines(fleet.view(), known, elapsed));
                return;
            }
            LiveTable.alerts(known, alertsShown).forEach(progress::say);
            alertsShown = known.told();
            progress.say(LiveTable.line(fleet.view(), known, elapsed));
        }
    }

    private void settle(Fleet fleet, StopSignal stop) {
        if (stop.isAsked()) {
            return;
        }
        progress.step("settling    nobody comes or goes; waiting for the last answers");
        fleet.settle();
        long deadline = System.nanoTime() + SETTLE_WITHIN.toNanos();
        while (!fleet.hasStopped() && !stop.await(LOOK_EVERY) && System.nanoTime() < deadline) {
            // The fleet's own thread does the work.
        }
    }
}
