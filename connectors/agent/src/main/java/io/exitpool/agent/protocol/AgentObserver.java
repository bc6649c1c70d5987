package io.exitpool.agent.protocol;

import io.exitpool.schemas.Granted;
import io.exitpool.schemas.Rejected;
import io.exitpool.schemas.Released;

/**
 * Hears what became of the sessions of tunnels that live; for displays and tests, never for logs.
 */
public interface AgentObserver {
    AgentObserver NONE = new AgentObserver() {};

    default void granted(Peer tunnel, Granted granted) {}

    default void rejected(Peer tunnel, Rejected rejected) {}

    /** The allocator took the slot away from a tunnel that lives. */
    default void released(Peer tunnel, Released released) {}
}
