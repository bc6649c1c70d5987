package io.exitpool.demo;

import io.exitpool.demo.stack.LocalStack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What a run of the simulated fleet was asked for.
 *
 * @param duration of the run; none is until it is stopped
 * @param seed of the workload
 * @param rate multiplies the arrivals
 * @param speed divides every duration
 * @param only the one part to run, or empty for both
 * @param columns width of the terminal, if there is one
 */
record DemoSettings(
        Optional<Duration> duration,
        long seed,
        double rate,
        double speed,
        String only,
        Optional<Path> stateDir,
        LocalStack.Ports ports,
        int httpPort,
        Optional<Integer> columns) {}
