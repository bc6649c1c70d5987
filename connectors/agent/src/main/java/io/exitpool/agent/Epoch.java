package io.exitpool.agent;

import java.util.OptionalLong;

/**
 * The number of an agent's life, in microseconds since 1970 or more. It must be above that of every
 * earlier life, also when the clock was set back, the state directory was lost, or both; only the
 * allocator's status remembers then.
 */
final class Epoch {
    /** An epoch further ahead of the broker's clock is a dead letter. */
    private static final long MAX_AHEAD_MICROS = 86_400_000_000L;

    private Epoch() {}

    /**
     * @param stored of the last life on this machine
     * @param status that the allocator knows
     */
    static long next(OptionalLong stored, OptionalLong status, long wallMicros) {
        long next = wallMicros;
        if (stored.isPresent()) {
            next = Math.max(next, stored.getAsLong() + 1);
        }
        if (status.isPresent()) {
            next = Math.max(next, status.getAsLong() + 1);
        }
        return next;
    }

    /** Refuses an epoch that the allocator would not believe. */
    static long checked(long epoch, long wallMicros, String server) {
        if (epoch - wallMicros > MAX_AHEAD_MICROS) {
            throw new AgentException(
                    "The last epoch of "
                            + server
                            + " is more than a day ahead of this machine's clock, and no event"
                            + " would be believed. Set the clock; if it is right, delete the"
                            + " .epoch file in --state-dir and run ./exitpool pools reset-epoch "
                            + server);
        }
        return epoch;
    }
}
