package io.exitpool.demo;

import io.exitpool.demo.stack.LocalExitpool;
import io.exitpool.demo.stack.LocalStack;
import io.exitpool.demo.stack.StateDirectory;
import java.io.PrintStream;

/** The demo with the simulated fleet, from the broker's start to the audit. */
final class FleetDemo {

    /** The live tunnels' file in a state directory. */
    static final String KERNELS = "fleet.json";

    private final DemoSettings settings;
    private final Progress progress;
    private final PrintStream out;
    private final boolean json;

    FleetDemo(DemoSettings settings, Progress progress, PrintStream out, boolean json) {
        this.settings = settings;
        this.progress = progress;
        this.out = out;
        this.json = json;
    }

    /** Runs it; the exit code. */
    int run() {
        StateDirectory state = StateDirectory.open(settings.stateDir());
        // The signal's wait ends last: until then the JVM stays.
        try (StopSignal stop = new StopSignal(() -> tooLate(state));
                state;
                LocalStack stack = DemoStack.start(state.path(), settings.ports(), progress)) {
            DemoPools pools =
                    DemoPools.apply(stack.connection(), DemoPools.file(), settings.speed());
            progress.step("pools       %d applied".formatted(pools.count()));
            try (LocalExitpool exitpool =
                    LocalExitpool.start(
                            stack.connection(),
                            state.path(),
                            settings.httpPort(),
                            settings.speed(),
                            settings.only())) {
                progress.step("exitpool    " + exitpool.url());
                return new FleetRun(settings, progress, out, json)
                        .run(state.path().resolve(KERNELS), stack.connection(), pools, stop);
            }
        }
    }

    private void tooLate(StateDirectory state) {
        progress.say(
                "stopped in the middle of it: no audit"
                        + (state.isTemporary()
                                ? ""
                                : "; the next run from this directory restores what is missing"));
        state.close();
    }
}
