package io.exitpool.agent.wireguard;

import java.util.Optional;

/**
 * One look at the interface.
 *
 * @param atMillis when, in milliseconds since 1970, by the clock that handshakes are stamped with
 * @param dump what was seen; empty when the daemon did not answer
 */
public record Observation(long atMillis, Optional<Dump> dump) {
    public static Observation of(long atMillis, Dump dump) {
        return new Observation(atMillis, Optional.of(dump));
    }

    public static Observation daemonDown(long atMillis) {
        return new Observation(atMillis, Optional.empty());
    }
}
