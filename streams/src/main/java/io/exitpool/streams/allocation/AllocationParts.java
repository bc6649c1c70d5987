package io.exitpool.streams.allocation;

import io.exitpool.core.pool.AllocationSettings;
import io.exitpool.schemas.wire.Wire;
import io.exitpool.streams.commit.GroupCommit;
import io.exitpool.streams.input.DeadLetters;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What the topology is made from.
 *
 * @param wire the values' serdes
 * @param settings the rules' settings
 * @param random makes each task its own source of randomness
 * @param tickInterval how often each task writes a Tick
 * @param partitions partitions of the session events, and of every topic that is keyed by server
 * @param commits asks for commits
 * @param monitor hears what happens
 * @param deadLetters counts what cannot be read or believed
 */
public record AllocationParts(
        Wire wire,
        AllocationSettings settings,
        Supplier<RandomGenerator> random,
        Duration tickInterval,
        int partitions,
        GroupCommit commits,
        AllocationMonitor monitor,
        DeadLetters deadLetters) {
    /** Slots are drawn unpredictably: of the system's cryptographic generator. */
    public static final Supplier<RandomGenerator> SECURE_RANDOM =
            () -> new SecureDraws(SystemRandom.SHARED);

    public AllocationParts {
        Objects.requireNonNull(wire, "wire");
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(random, "random");
        Objects.requireNonNull(commits, "commits");
        Objects.requireNonNull(monitor, "monitor");
        Objects.requireNonNull(deadLetters, "deadLetters");
        if (tickInterval.isNegative() || tickInterval.isZero()) {
            throw new IllegalArgumentException("tickInterval must be above 0");
        }
        if (partitions < 1) {
            throw new IllegalArgumentException("partitions must be at least 1, not " + partitions);
        }
    }
}
