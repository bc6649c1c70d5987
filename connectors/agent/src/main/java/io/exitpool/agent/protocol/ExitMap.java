package io.exitpool.agent.protocol;

import io.exitpool.schemas.Ipv4;
import io.exitpool.schemas.Ipv6;

/**
 * The exit server's map from tunnels to exit addresses, which outlives its agent. Both calls return
 * when the change is in force. They are idempotent; one that cannot do what it is asked must throw,
 * because an agent that went on would report an address as released that is still in use.
 */
public interface ExitMap {
    /**
     * New flows of the tunnel leave with these addresses; either may be null, as in the decision.
     */
    void apply(Peer tunnel, int slot, Ipv4 v4, Ipv6 v6);

    /** The tunnel has no exit address: its entry is gone, and so are its open flows. */
    void remove(Peer tunnel);
}
